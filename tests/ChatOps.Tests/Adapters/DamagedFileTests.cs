using System.Diagnostics;
using ChatOps.Benchmarks.Durability;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Tests.Conformance;
using LiteDB;
using LiteDB.Engine;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace ChatOps.Tests.Adapters;

/// <summary>What is wrong with the files is one clear sentence, and nothing is changed.</summary>
public sealed class DamagedFileTests(ITestOutputHelper output) : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_data_file_that_is_cut_short_is_found_out_at_once()
    {
        await _folder.Fill(2_000);
        var whole = File.ReadAllBytes(_folder.Data);
        foreach (var length in new[] { whole.Length - 1, whole.Length / 2, 8192, 100 })
        {
            File.WriteAllBytes(_folder.Data, whole[..length]);
            Refused(length == 100 ? "is not a LiteDB database" : "is cut short: ");
        }

        // What is missing but confirmed in the log comes from there.
        File.WriteAllBytes(_folder.Data, whole);
        Assert.Equal(2_000, await DataFolder.Count(_folder.Data));
    }

    [Fact]
    public async Task Another_major_version_or_program_is_refused()
    {
        await _folder.Fill(1);
        var ours = File.ReadAllBytes(_folder.Data);
        ours[59] = 7;
        File.WriteAllBytes(_folder.Data, ours);
        Refused("another major version of LiteDB (format 7, this program reads 8)");

        File.Delete(_folder.Data);
        File.Delete(_folder.Log);
        using (var engine = new LiteEngine(_folder.Data))
        {
            engine.Insert("songs", [new BsonDocument { ["_id"] = "one" }], BsonAutoId.ObjectId);
        }

        Refused("belongs to another program");
    }

    [Theory]
    [InlineData(19)]
    [InlineData(100)]
    [InlineData(8192)]
    [InlineData(30_000)]
    public async Task A_log_that_is_none_is_refused(int length)
    {
        await _folder.Fill(10);
        File.WriteAllBytes(_folder.Log, [.. Enumerable.Repeat((byte)'x', length)]);
        Refused("holds something else than changes of");
        var noise = new byte[length];
        new Random(length).NextBytes(noise);
        File.WriteAllBytes(_folder.Log, noise);
        Refused("holds something else than changes of");
    }

    [Theory]
    [InlineData("/proc/chatops.db")]
    [InlineData("/sys/chatops.db")]
    public void A_file_system_that_takes_no_files_is_said(string path)
    {
        var refused = Assert.Throws<StoreException>(() => DataFolder.OpenAt(path));
        output.WriteLine(refused.Message);
        Assert.StartsWith($"The database file {path} cannot be opened: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_said_at_open_and_nothing_is_lost()
    {
        var disk = new PowerCutDisk();
        await using (var store = Open(disk))
        {
            await store.Commit(new Commit().Put(new Tally("before", 1)));
        }

        disk = disk.Cut(disk.Steps, new Random(1)).Disk;
        disk.Failure = new IOException("No space left on device");
        var refused = await Task.Run(() => Assert.Throws<StoreException>(() => Open(disk)));
        output.WriteLine(refused.Message);
        Assert.Contains("No space left on device", refused.Message, StringComparison.Ordinal);
        disk.Failure = null;
        await using var again = Open(disk.Steps == 0 ? disk : disk.Cut(disk.Steps, new Random(1)).Disk);
        Assert.NotNull(await again.Find<Tally>("before"));

        static LiteDbStore Open(PowerCutDisk disk) => LiteDbStore.Open(disk.Open, DataFolder.Collections, NullLogger<LiteDbStore>.Instance);
    }

    [Fact]
    public async Task A_file_that_may_not_grow_stops_the_store_and_keeps_all_that_was_answered()
    {
        var start = new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -f 1024; exec dotnet '{typeof(StoreChild).Assembly.Location}' store-child '{_folder.Data}'"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // .NET would keep its compiled code in a large file of its own.
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
        };
        using var child = Process.Start(start)!;
        var answered = new List<long>();
        var errors = child.StandardError.ReadToEndAsync();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            if (long.TryParse(line, out var number))
            {
                answered.Add(number);
            }
        }

        await child.WaitForExitAsync();
        output.WriteLine($"{answered.Count} answered; {(await errors).Split('\n')[0]}");
        Assert.Contains("The store can write no more: ", await errors, StringComparison.Ordinal);
        Assert.NotEmpty(answered);
        await using var store = Ledger.Open(_folder.Data);
        Assert.Null(await Ledger.Fault(store, answered.ToHashSet()));
    }

    [Fact]
    public async Task A_data_file_that_is_deleted_moved_or_replaced_under_a_running_bot_takes_nothing_in_any_more()
    {
        await _folder.Fill(10);
        File.Copy(_folder.Data, _folder.In("other.db"));
        await using var store = LiteDbStore.Open(_folder.Data, [ChatOps.Core.Alerts.Alert.Collection, Tally.Collection], TimeProvider.System, NullLogger<LiteDbStore>.Instance);
        var readiness = new LiteDbReadiness(store);
        Assert.Equal("ok", (await readiness.Look(CancellationToken.None)).State);

        File.Move(_folder.Data, _folder.In("away"));
        await Unready("The data file", "was deleted, moved or replaced");
        File.Move(_folder.In("away"), _folder.Data);
        Assert.True((await readiness.Look(CancellationToken.None)).Works);
        Assert.Equal(CommitOutcome.Stored, await store.Commit(new Commit().Put(new Tally("back", 1))));

        File.Move(_folder.Log, _folder.In("away"));
        await Unready("The log", "was deleted, moved or replaced");
        File.Move(_folder.In("away"), _folder.Log);

        File.Move(_folder.In("other.db"), _folder.Data, overwrite: true);
        await Unready("The data file", "was deleted, moved or replaced");
        await Assert.ThrowsAsync<StoreException>(() => store.Backup(_folder.In("b.db"), false, DataFolder.Pace));

        async Task Unready(string what, string how)
        {
            var state = await readiness.Look(CancellationToken.None);
            output.WriteLine(state.State);
            Assert.False(state.Works);
            Assert.StartsWith(what, state.State, StringComparison.Ordinal);
            Assert.Contains(how, state.State, StringComparison.Ordinal);
            var refused = await Assert.ThrowsAsync<StoreException>(() => store.Commit(new Commit().Put(new Tally(how, 1))));
            Assert.Equal(state.State, refused.Message);
        }
    }

    [Fact]
    public async Task A_file_that_grows_while_it_is_looked_at_is_in_no_trouble()
    {
        using var file = new DiskFile(_folder.In("grows"));
        var written = Task.Run(() =>
        {
            for (var i = 0; i < 50_000; i++)
            {
                file.Write([1], i);
            }
        });
        while (!written.IsCompleted)
        {
            Assert.Null(file.Trouble);
        }

        await written;
    }

    private void Refused(string says)
    {
        var before = _folder.Bytes();
        var refused = Assert.Throws<StoreException>(() => _folder.Open());
        output.WriteLine(refused.Message);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Bytes());
        Assert.False(File.Exists(_folder.Data + ".holder"));
    }
}
