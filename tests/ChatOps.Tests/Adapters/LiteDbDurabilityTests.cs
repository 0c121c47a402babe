using ChatOps.Benchmarks.Durability;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Tests.Conformance;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace ChatOps.Tests.Adapters;

/// <summary>What was answered with success survives kill -9 and a power cut, and a commit is whole or not there. The harness does the same for longer.</summary>
public sealed class LiteDbDurabilityTests(ITestOutputHelper output)
{
    private const int Seed = 42;

    private static readonly Collection[] Collections = [Gadget.Collection, Tally.Collection];

    [Fact]
    public async Task Every_answered_commit_survives_kill_9()
    {
        var folder = Directory.CreateTempSubdirectory("chatops-kill-");
        var proof = await new Kills(folder.FullName, Seed).Run(25, _ => { });
        output.WriteLine($"{proof}");
        Assert.Empty(proof.Faults);
        Assert.Equal(25, proof.Times);
        Assert.True(proof.Answered > 250, $"only {proof.Answered} commits were answered");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_answered_commit_survives_a_power_cut_at_any_moment()
    {
        var (disk, proof) = await new PowerCuts(Seed).Run(400, _ => { });
        output.WriteLine($"{disk.Writes} writes and {disk.Syncs} fsyncs; {proof}");
        Assert.Empty(proof.Faults);
        Assert.Equal(400, proof.Times);
        Assert.True(proof.Answered > 400);
    }

    /// <summary>The control: a disk that ignores fsync must be found out by the same checks, or they prove nothing.</summary>
    [Fact]
    public async Task A_disk_that_lies_about_fsync_is_found_out()
    {
        var (_, proof) = await new PowerCuts(Seed, lying: true).Run(40, _ => { });
        output.WriteLine($"{proof.Faults.Count} of {proof.Times} cuts lost something");
        Assert.True(proof.Faults.Count > proof.Times / 2);
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

    /// <summary>Else a webhook that comes again is told that its alert is stored, and after the restart it is not.</summary>
    [Fact]
    public async Task What_could_not_be_written_is_not_read_either()
    {
        var disk = new PowerCutDisk();
        await using var store = OpenOn(disk);
        await store.Commit(new Commit().Put(new Gadget("before") { Shelf = "1" }).Put(new Tally("untouched", 1)));
        disk.Failure = new IOException("No space left on device");
        await Assert.ThrowsAsync<StoreException>(() => store.Commit(new Commit().Put(new Gadget("during") { Shelf = "2" })));

        var found = await Assert.ThrowsAsync<StoreException>(async () => await store.Find<Gadget>("during"));
        var listed = await Assert.ThrowsAsync<StoreException>(async () => await store.List(Gadget.ByShelf, Keys.Exactly("2")));
        var counted = await Assert.ThrowsAsync<StoreException>(async () => await store.Count(Gadget.ByShelf, Keys.All));

        Assert.All([found, listed, counted], failure => Assert.Equal(store.Fault, failure.Message));
        Assert.NotNull(await store.Find<Gadget>("before"));
        Assert.Single(await store.List(Gadget.ByShelf, Keys.Exactly("1")));
        Assert.NotNull(await store.Find<Tally>("untouched"));
    }

    [Fact]
    public async Task Who_reads_what_is_being_written_waits_until_it_is_on_the_disk()
    {
        var disk = new PowerCutDisk();
        await using var store = OpenOn(disk);
        await store.Commit(new Commit().Put(new Gadget("changed") { Shelf = "1" }).Put(new Gadget("left alone") { Shelf = "3" }));
        var changed = (await store.Find<Gadget>("changed"))!;
        // One fsync before the page that confirms, when nobody can see it yet, and one after.
        var (begun, ended, syncs) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        disk.Syncing = () =>
        {
            if (++syncs == 2)
            {
                begun.SetResult();
                ended.Task.GetAwaiter().GetResult();
            }
        };
        var writing = store.Commit(new Commit().Put(changed with { Shelf = "2" }).Put(new Gadget("made") { Shelf = "2" }));
        await begun.Task;

        var made = store.Find<Gadget>("made");
        var here = store.List(Gadget.ByShelf, Keys.Exactly("2"));
        var gone = store.List(Gadget.ByShelf, Keys.Exactly("1"));
        var leftAlone = store.Find<Gadget>("left alone");
        bool[] answered = [made.IsCompleted, here.IsCompleted, gone.IsCompleted, leftAlone.IsCompleted];
        ended.SetResult();

        Assert.Equal([false, false, false, true], answered);
        Assert.NotNull(await made);
        Assert.Equal(2, (await here).Count);
        Assert.Empty(await gone);
        Assert.Equal(CommitOutcome.Stored, await writing);
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

    private static LiteDbStore OpenOn(PowerCutDisk disk) => LiteDbStore.Open(disk.Open, Collections, NullLogger<LiteDbStore>.Instance);
}
