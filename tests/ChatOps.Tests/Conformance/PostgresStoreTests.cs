using ChatOps.Core.Storage;
using ChatOps.Storage.Postgres;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChatOps.Tests.Conformance;

/// <summary>On a server whose own default is synchronous_commit=off.</summary>
[NeedsProgram(RealPostgres.ProgramName)]
public sealed class PostgresStoreTests : StoreContract
{
    private string? _database;

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task Stores_on_one_database_see_each_others_commits_at_once_and_share_unique_keys_and_numbers()
    {
        await using var other = OpenAt(_database!);
        for (var i = 1; i <= 20; i++)
        {
            await Put(new Gadget($"{i}") { Serial = $"s{i}" });
            Assert.Equal(i, await other.Count(Index<Gadget>.Id, Keys.All));
            Assert.Equal(CommitOutcome.Conflict, await other.Commit(new Commit().Put(new Gadget($"other {i}") { Serial = $"s{i}" })));
            Assert.Equal(i, await (i % 2 == 0 ? other : Store).NextNumber("A"));
        }
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task Writers_of_two_stores_on_one_document_lose_nothing()
    {
        const int Writers = 32, Commits = 10;
        await using var other = OpenAt(_database!);
        await Put(new Tally("sum", 0));

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var store = writer % 2 == 0 ? other : Store;
            for (var i = 0; i < Commits; i++)
            {
                CommitOutcome outcome;
                do
                {
                    var read = (await store.Find<Tally>("sum"))!;
                    outcome = await store.Commit(new Commit().Put(read with { Sum = read.Sum + 1 }).PutOnce(new Gadget($"{writer}/{i}")));
                }
                while (outcome == CommitOutcome.Conflict);
            }
        })));

        Assert.Equal(new Tally("sum", Writers * Commits) { Version = (Writers * Commits) + 1 }, await Store.Find<Tally>("sum"));
        Assert.Equal(Writers * Commits, await Store.Count(Index<Gadget>.Id, Keys.All));
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task Once_only_documents_that_many_make_at_once_are_made_once()
    {
        await using var other = OpenAt(_database!);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => (i % 2 == 0 ? other : Store).Commit(
            new Commit().PutOnce(new Tally("b", i)).PutOnce(new Tally("a", i)).Put(new Gadget($"{i}"))))));

        Assert.All(outcomes, outcome => Assert.Equal(CommitOutcome.Stored, outcome));
        Assert.Equal(1, (await Get<Tally>("a")).Version);
        Assert.Equal((await Get<Tally>("a")).Sum, (await Get<Tally>("b")).Sum);
        Assert.Equal(40, await Store.Count(Index<Gadget>.Id, Keys.All));
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task What_is_expected_to_be_absent_stays_so_until_the_commit_is_done()
    {
        // Each is stored only while the other is not there: of every pair at most one.
        await using var other = OpenAt(_database!);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => (i % 2 == 0 ? other : Store).Commit(
            new Commit().Expect(new Tally($"{i / 2}/{(i + 1) % 2}", 0)).Put(new Tally($"{i / 2}/{i % 2}", 1))))));

        Assert.Equal(30, outcomes.Count(outcome => outcome == CommitOutcome.Stored));
        Assert.Equal(30, (await Store.List(Index<Tally>.Id, Keys.All)).Select(tally => tally.Id.Split('/')[0]).Distinct().Count());
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task Several_writes_to_one_document_in_a_commit_follow_one_another()
    {
        var t = new Tally("t", 1);
        await Put(new Gadget("a") { Serial = "1" }, new Gadget("b") { Serial = "2" });
        var (a, b) = (await Get<Gadget>("a"), await Get<Gadget>("b"));

        Assert.Equal(CommitOutcome.Stored, await Store.Commit(new Commit().Put(t).Put(t with { Version = 1, Sum = 2 }).PutOnce(t)));
        Assert.Equal(new Tally("t", 2) { Version = 2 }, await Store.Find<Tally>("t"));
        Assert.Equal(CommitOutcome.Conflict, await Store.Commit(new Commit().Delete(t).Put(t with { Version = 2 })));
        Assert.Equal(CommitOutcome.Stored, await Store.Commit(new Commit().Delete(t).Expect(t).Put(t with { Sum = 3 })));
        Assert.Equal(new Tally("t", 3) { Version = 1 }, await Store.Find<Tally>("t"));
        Assert.Equal(CommitOutcome.Stored, await Store.Commit(new Commit().Put(a with { Serial = "2" }).Put(b with { Serial = "1" })));
        Assert.Equal("b", Assert.Single(await Store.List(Gadget.BySerial, Keys.Exactly("1"))).Id);
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task Characters_that_PostgreSQL_does_not_hold_come_back_and_sort_as_they_are()
    {
        string[] sorted = ["", "\0", "\0\0", "\0\u0001", "\u0001", "\u0001\0", "\u0001\u0001", "\u0001\u0002", "\u0002", " ", "a", "a\0", "a\u0001", "a\u0002", "ä", "\ufffd", "🚨"];
        await Put([.. sorted.Reverse().Select(shelf => new Gadget("g" + shelf) { Shelf = shelf, Serial = shelf, Name = $"{shelf}\\u0000\\\\{shelf}\\u0001\0" })]);

        var listed = await Store.List(Gadget.ByShelf, Keys.All);

        Assert.Equal(sorted, listed.Select(gadget => gadget.Shelf));
        Assert.All(listed, gadget => Assert.Equal(("g" + gadget.Shelf, $"{gadget.Shelf}\\u0000\\\\{gadget.Shelf}\\u0001\0"), (gadget.Id, gadget.Name)));
        Assert.Equal(["a", "a\0", "a\u0001"], (await Store.List(Gadget.ByShelf, Keys.Between("a", "a\u0002"))).Select(gadget => gadget.Shelf));
        Assert.Equal("g\0", (await Get<Gadget>("g\0")).Id);
        Assert.Null(await Store.Find<Gadget>("g\ud83d"));
        await Assert.ThrowsAsync<StoreException>(() => Store.Commit(new Commit().Put(new Gadget("g\ud83d"))));
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task A_document_or_key_that_is_too_big_is_refused_as_elsewhere()
    {
        Document[] bad = [new Gadget("big") { Name = new string('x', 9_000_000) }, new Gadget("long key") { Shelf = new string('k', 501) }, new Gadget(new string('i', 501)), new Gadget("")];
        foreach (var document in bad)
        {
            await Assert.ThrowsAnyAsync<StoreException>(() => Store.Commit(new Commit().Put(new Tally("beside", 1)).Put(document)));
        }

        Assert.Null(await Store.Find<Tally>("beside"));
        await Put(new Gadget(new string('i', 500)) { Shelf = new string('\u0001', 500), Name = new string('x', 8_000_000) });
        Assert.Equal(8_000_000, (await Get<Gadget>(new string('i', 500))).Name.Length);
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task A_commit_waits_for_the_disk_whatever_the_server_has_as_its_default()
    {
        await using var plain = new NpgsqlConnection(_database);
        await plain.OpenAsync();
        Assert.Equal("off", await new NpgsqlCommand("SHOW synchronous_commit", plain).ExecuteScalarAsync());
        await Store.NextNumber("A");

        await using var ours = await ((PostgresStore)Store).Database.Open(CancellationToken.None);
        Assert.Equal("on", await new NpgsqlCommand("SHOW synchronous_commit", ours).ExecuteScalarAsync());
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task A_closed_store_refuses_in_words()
    {
        var store = OpenAt(_database!);
        await store.DisposeAsync();
        await store.DisposeAsync();

        Assert.Equal("The store is closed", (await Assert.ThrowsAsync<StoreException>(() => store.Commit(new Commit().Put(new Tally("u", 1))))).Message);
        await Assert.ThrowsAsync<StoreException>(async () => await store.Find<Tally>("t"));
        await Assert.ThrowsAsync<StoreException>(async () => await store.NextNumber("A"));
    }

    protected override async Task<IStore> Open() => OpenAt(_database ??= await (await RealPostgres.Shared).Database());

    protected override async Task Close(IStore store) => await ((PostgresStore)store).DisposeAsync();

    private static PostgresStore OpenAt(string database) => PostgresStore.Open(RealPostgres.Connection(database), Collections, TimeProvider.System, NullLogger.Instance);
}
