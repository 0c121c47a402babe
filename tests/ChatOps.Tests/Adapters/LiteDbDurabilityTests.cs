using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Tests.Conformance;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace ChatOps.Tests.Adapters;

/// <summary>What was answered with success survives kill -9 and a power cut, and a commit is whole or not there.</summary>
public sealed class LiteDbDurabilityTests(ITestOutputHelper output)
{
    private static readonly Collection[] Collections = [Gadget.Collection, Tally.Collection];

    [Fact]
    public async Task Every_answered_commit_survives_kill_9()
    {
        const int Rounds = 8;
        var dice = new Random(20261123);
        var folder = Directory.CreateTempSubdirectory("chatops-kill-");
        var path = Path.Combine(folder.FullName, "chatops.db");
        var answered = new HashSet<long>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var number in await KilledAfter(TimeSpan.FromMilliseconds(dice.Next(20, 400)), path))
            {
                Assert.True(answered.Add(number), $"the number {number} was given twice");
            }

            await using var store = LiteDbStore.Open(path, Collections, TimeProvider.System, NullLogger<LiteDbStore>.Instance);
            await CheckWhole(store, answered);
            output.WriteLine($"round {round}: {answered.Count} answered so far, {await store.Count(Index<Tally>.Id, Keys.All)} stored");
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_answered_commit_survives_a_power_cut_at_any_moment()
    {
        const int Cuts = 150;
        var disk = await RecordedRun();
        var dice = new Random(42);
        var (answered, unanswered) = (0, 0);
        for (var cut = 0; cut < Cuts; cut++)
        {
            // The first cuts fall into the making of the file.
            var (left, marked) = disk.Cut(cut < 20 ? 1 + (cut * 3) : 1 + dice.Next(disk.Steps), dice);
            await using var store = OpenOn(left);
            await CheckWhole(store, marked);
            answered += marked.Count;
            unanswered += (int)await store.Count(Index<Tally>.Id, Keys.Between("0", "a")) - marked.Count;
            Assert.Equal(CommitOutcome.Stored, await store.Commit(new Commit().Put(new Tally("afterwards", 1))));
        }

        output.WriteLine(
            $"{Cuts} cuts in {disk.Writes} writes and {disk.Syncs} fsyncs; {answered} answered commits checked, {unanswered} found that nobody had been told of");
    }

    /// <summary>The control: a disk that ignores fsync must be found out by the same checks, or they prove nothing.</summary>
    [Fact]
    public async Task A_disk_that_lies_about_fsync_is_found_out()
    {
        const int Cuts = 20;
        var disk = await RecordedRun();
        var dice = new Random(43);
        var found = 0;
        for (var cut = 0; cut < Cuts; cut++)
        {
            var (left, marked) = disk.Cut((disk.Steps / 2) + dice.Next(disk.Steps / 2), dice, lying: true);
            try
            {
                await using var store = OpenOn(left);
                await CheckWhole(store, marked);
            }
            catch (Exception)
            {
                found++;
            }
        }

        output.WriteLine($"{found} of {Cuts} cuts lost something");
        Assert.True(found > Cuts / 2);
    }

    [Fact]
    public async Task A_disk_that_fails_stops_the_store_and_nothing_more_is_answered_with_success()
    {
        var disk = new PowerCutDisk();
        await using var store = OpenOn(disk);
        await store.Commit(new Commit().Put(new Tally("before", 1)));
        disk.Failure = new IOException("No space left on device");

        var failed = await Assert.ThrowsAsync<StoreException>(() => store.Commit(new Commit().Put(new Tally("during", 1))));
        disk.Failure = null;
        var later = await Assert.ThrowsAsync<StoreException>(() => store.Commit(new Commit().Put(new Tally("after", 1))));

        Assert.Contains("No space left on device", failed.Message, StringComparison.Ordinal);
        Assert.Equal(store.Fault, later.Message);
        Assert.NotNull(await store.Find<Tally>("before"));
        await Assert.ThrowsAsync<StoreException>(async () => await store.NextNumber("A"));
    }

    [Fact]
    public async Task The_first_of_many_are_read_without_reading_the_rest()
    {
        var disk = new PowerCutDisk();
        await using (var filled = OpenOn(disk))
        {
            for (var i = 0; i < 2_000; i += 100)
            {
                await filled.Commit(new Commit().Put(Enumerable.Range(i, 100).Select(n => new Gadget($"{n}") { Shelf = $"{n:0000}", Name = new string('n', 4_000) })));
            }
        }

        var cold = disk.Cut(disk.Steps, new Random(1)).Disk;
        await using var store = OpenOn(cold);
        var before = cold.Reads;
        var newest = await store.List(Gadget.ByShelf, Keys.UpTo("1500"), limit: 20, descending: true);
        var forNewest = cold.Reads - before;
        await store.Count(Gadget.ByShelf, Keys.All);
        var forCount = cold.Reads - before - forNewest;

        output.WriteLine($"{forNewest} pages for the newest twenty, {forCount} more to count all");
        Assert.Equal("1500", newest[0].Shelf);
        Assert.InRange(forNewest, 1, 150);
        Assert.InRange(forCount, 1, 150);
    }

    private static async Task<List<long>> KilledAfter(TimeSpan time, string path)
    {
        using var child = StoreChild.Start(path);
        var answered = new List<long>();
        Task? kill = null;
        // A line that was cut short could not be told from a number, but the pipe takes short lines whole.
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            answered.Add(long.Parse(line));
            kill ??= Task.Delay(time, TimeProvider.System).ContinueWith(_ => child.Kill(), TaskScheduler.Default);
        }

        await kill!;
        await child.WaitForExitAsync();
        return answered;
    }

    private static LiteDbStore OpenOn(PowerCutDisk disk) => LiteDbStore.Open(disk.Open, Collections, NullLogger<LiteDbStore>.Instance);

    /// <summary>Four writers, commits over two collections with a unique key, changes, deletions, and enough bytes for several checkpoints.</summary>
    private static async Task<PowerCutDisk> RecordedRun()
    {
        var disk = new PowerCutDisk();
        await using var store = OpenOn(disk);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var dice = new Random(writer);
            for (var i = 0; i < 60; i++)
            {
                var number = await store.NextNumber("N");
                var gadget = new Gadget($"{number}") { Serial = $"{number}", Name = new string('n', dice.Next(40_000)) };
                await store.Commit(new Commit().Put(gadget));
                await store.Commit(new Commit().Put(new Tally($"{number}", number)).Put(gadget with { Version = 1, Shelf = "kept" }).Delete(new Tally($"draft {number}", 0)));
                disk.Mark(number);
                await store.Commit(new Commit().Put(new Tally($"draft {number + 1}", 0)));
            }
        })));
        return disk;
    }

    private static async Task CheckWhole(LiteDbStore store, HashSet<long> answered)
    {
        var tallies = (await store.List(Index<Tally>.Id, Keys.Between("0", "a"))).Select(tally => tally.Sum).ToHashSet();
        var gadgets = await store.List(Gadget.ByShelf, Keys.Exactly("kept"));
        Assert.Empty(answered.Except(tallies));
        Assert.Equal(tallies.Order(), gadgets.Select(gadget => long.Parse(gadget.Id)).Order());
        Assert.Equal(tallies.Count, await store.Count(Gadget.ByShelf, Keys.Prefix("kept")));
        foreach (var gadget in await store.List(Index<Gadget>.Id, Keys.All))
        {
            Assert.Equal(gadget.Id, Assert.Single(await store.List(Gadget.BySerial, Keys.Exactly(gadget.Id))).Id);
        }

        if (tallies.Count > 0)
        {
            Assert.True(await store.NextNumber("N") > tallies.Max());
        }
    }
}
