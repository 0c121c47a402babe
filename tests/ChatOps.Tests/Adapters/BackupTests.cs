using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb.Backups;
using ChatOps.Tests.Conformance;
using Xunit.Abstractions;

namespace ChatOps.Tests.Adapters;

/// <summary>Backups are whole, of one moment, and never in anybody's way.</summary>
public sealed class BackupTests(ITestOutputHelper output) : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_under_load_has_all_that_was_answered_and_every_commit_whole()
    {
        await using var store = _folder.Open();
        using var stop = new CancellationTokenSource();
        var answered = new System.Collections.Concurrent.ConcurrentBag<long>();
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var number = await store.NextNumber("N");
                await store.Commit(new Commit().Put(new Tally($"{number}", number)).Put(new Gadget($"{number}") { Serial = $"{number}", Shelf = "kept", Name = new string('x', 3_000) }));
                answered.Add(number);
            }
        })).ToList();
        for (var i = 0; i < 8; i++)
        {
            var before = answered.ToHashSet();
            var made = await store.Backup(_folder.In($"b{i}.db"), replace: false, DataFolder.Pace);
            var during = answered.Count - before.Count;
            await using var copy = DataFolder.OpenAt(made.File);
            var tallies = (await copy.List(Index<Tally>.Id, Keys.All)).Select(tally => tally.Sum).ToHashSet();
            var gadgets = await copy.List(Gadget.ByShelf, Keys.Exactly("kept"));
            Assert.Empty(before.Except(tallies));
            Assert.Equal(tallies.Order(), gadgets.Select(gadget => long.Parse(gadget.Id)).Order());
            Assert.Equal(2 * tallies.Count, made.Documents);
            Assert.True(await copy.NextNumber("N") > tallies.DefaultIfEmpty().Max());
            output.WriteLine($"{made}; {during} commits were answered meanwhile");
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    [Fact]
    public async Task Commits_are_answered_while_a_backup_is_copied_and_closing_ends_it()
    {
        await _folder.Fill(500);
        var store = _folder.Open();
        using var copying = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var told = 0;
        var slow = new Pace(new Hasty(), _ =>
        {
            if (told++ == 0)
            {
                copying.Release();
                goOn.Wait();
            }
        });
        var backup = store.Backup(_folder.In("b.db"), replace: false, slow);
        await copying.WaitAsync();
        for (var i = 0; i < 1_500; i += 100)
        {
            // More than a checkpoint's worth: the log has to grow.
            Assert.Equal(CommitOutcome.Stored, await store.Commit(new Commit().Put(Enumerable.Range(i, 100).Select(n => new Gadget($"g{n}") { Name = new string('x', 8_000) }))));
        }

        Assert.NotNull(await store.Find<Tally>("t1"));
        var closing = store.DisposeAsync().AsTask();
        goOn.Release();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backup);
        await closing;
        Assert.Equal(["chatops-log.db", "chatops.db"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(500, await DataFolder.Count(_folder.Data));
    }

    [Fact]
    public async Task A_stopped_bots_file_is_backed_up_with_its_log_and_left_as_it_is()
    {
        await _folder.FillAndKill(20, 30);
        var before = _folder.Bytes();
        var made = await Backup.MakeOffline(_folder.Data, _folder.In("b.db"), replace: false, DataFolder.Pace, TimeProvider.System, CancellationToken.None);
        Assert.Equal(50, made.Documents);
        Assert.Equal(before, _folder.Bytes().Where(file => file.Key != "b.db").ToDictionary());
        Assert.Equal(50, await DataFolder.Count(made.File));
    }

    [Fact]
    public async Task A_data_file_that_is_held_is_not_replaced_by_a_backup_of_itself()
    {
        await _folder.Fill(5);
        await using var store = _folder.Open();
        var alias = Path.Combine(Directory.CreateSymbolicLink(_folder.In("alias"), _folder.Path).FullName, Path.GetFileName(_folder.Data));
        foreach (var file in new[] { _folder.Data, _folder.Log, alias })
        {
            var refused = await Assert.ThrowsAsync<StoreException>(() => store.Backup(file, replace: true, DataFolder.Pace));
            Assert.Contains("is in use by", refused.Message, StringComparison.Ordinal);
        }

        Assert.Null(store.Trouble);
        Assert.Equal(CommitOutcome.Stored, await store.Commit(new Commit().Put(new Tally("after", 1))));
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_overwritten_unasked()
    {
        await _folder.Fill(5);
        File.WriteAllText(_folder.In("mine"), "mine");
        await using var store = _folder.Open();
        var refused = await Assert.ThrowsAsync<StoreException>(() => store.Backup(_folder.In("mine"), replace: false, DataFolder.Pace));
        Assert.Contains("is there already; it was left as it is", refused.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder.In("mine")));
        Assert.Equal(5, (await store.Backup(_folder.In("mine"), replace: true, DataFolder.Pace)).Documents);
        Assert.Contains("There is no folder", (await Assert.ThrowsAsync<StoreException>(() => store.Backup(_folder.In("no/b.db"), false, DataFolder.Pace))).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => file.EndsWith(".part", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("copied")]
    [InlineData("settled")]
    [InlineData("kept")]
    [InlineData("placed")]
    public async Task A_restore_that_is_killed_leaves_what_was_or_what_is_to_be(string killedAfter)
    {
        await _folder.Fill(3, "first");
        await Backup.MakeOffline(_folder.Data, _folder.In("b.db"), false, DataFolder.Pace, TimeProvider.System, CancellationToken.None);
        await _folder.FillAndKill(10, 10);

        var restore = new Restore(_folder.Data, TimeProvider.System, done => _ = done == killedAfter ? throw new InvalidOperationException("killed") : done);
        if (killedAfter.Length == 0)
        {
            var (documents, kept) = await Task.Run(() => restore.From(_folder.In("b.db"), DataFolder.Pace, CancellationToken.None));
            Assert.Equal(3, documents);
            Assert.Equal(23, await DataFolder.Count(kept!));
        }
        else
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => Task.Run(() => restore.From(_folder.In("b.db"), DataFolder.Pace, CancellationToken.None)));
        }

        Assert.Equal(killedAfter is "" or "placed" ? 3 : 23, await DataFolder.Count(_folder.Data));
    }

    [Fact]
    public async Task A_bad_backup_is_refused_before_anything_is_touched()
    {
        await _folder.FillAndKill(10, 5);
        await Backup.MakeOffline(_folder.Data, _folder.In("b.db"), false, DataFolder.Pace, TimeProvider.System, CancellationToken.None);
        var good = File.ReadAllBytes(_folder.In("b.db"));
        File.WriteAllBytes(_folder.In("short"), good[..^8192]);
        File.WriteAllBytes(_folder.In("torn"), good[..^1]);
        File.WriteAllBytes(_folder.In("empty"), []);
        File.WriteAllBytes(_folder.In("hole"), [.. good[..16384], .. new byte[8192], .. good[24576..]]);
        File.WriteAllText(_folder.In("text"), "no database");
        var newer = (byte[])good.Clone();
        newer[76] = 99;
        File.WriteAllBytes(_folder.In("newer"), newer);
        var before = _folder.Bytes();
        foreach (var (name, says) in new[] { ("short", "cut short"), ("torn", "cut short"), ("empty", "is empty"), ("hole", "damaged"), ("text", "not a LiteDB"), ("newer", "newer version"), ("none", "There is no file"), ("chatops.db", "data file itself") })
        {
            var refused = Assert.Throws<StoreException>(() => new Restore(_folder.Data, TimeProvider.System, _ => { }).From(_folder.In(name), DataFolder.Pace, CancellationToken.None));
            Assert.Contains(says, refused.Message, StringComparison.Ordinal);
            output.WriteLine(refused.Message);
        }

        Assert.Equal(before, _folder.Bytes());
        await using var running = _folder.Open();
        Assert.Contains($"pid {Environment.ProcessId}", Assert.Throws<StoreException>(() => new Restore(_folder.Data, TimeProvider.System, _ => { }).From(_folder.In("b.db"), DataFolder.Pace, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_broken_can_be_restored_over_and_is_kept_with_its_log()
    {
        await _folder.FillAndKill(10, 5);
        await Backup.MakeOffline(_folder.Data, _folder.In("b.db"), false, DataFolder.Pace, TimeProvider.System, CancellationToken.None);
        File.WriteAllText(_folder.Data, "broken");
        var (documents, kept) = new Restore(_folder.Data, TimeProvider.System, _ => { }).From(_folder.In("b.db"), DataFolder.Pace, CancellationToken.None);
        Assert.Equal(15, documents);
        Assert.Equal("broken", File.ReadAllText(kept!));
        Assert.True(new FileInfo(kept + "-log").Length > 0);
        Assert.Equal(15, await DataFolder.Count(_folder.Data));
    }

    /// <summary>A clock on which a second passes at each look.</summary>
    private sealed class Hasty : TimeProvider
    {
        private long _looks;

        public override long GetTimestamp() => Interlocked.Increment(ref _looks) * TimestampFrequency;
    }
}
