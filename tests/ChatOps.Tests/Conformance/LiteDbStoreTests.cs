using ChatOps.Benchmarks.Durability;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Conformance;

public sealed class LiteDbStoreTests : StoreContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-store-");

    private string DatabasePath => Path.Combine(_folder.FullName, "data", "chatops.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_second_open_is_refused_and_told_who_has_the_file()
    {
        var refused = Assert.Throws<StoreException>(() => OpenAt(DatabasePath));

        Assert.Contains(DatabasePath, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"pid {Environment.ProcessId} on host {Environment.MachineName} since 20", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_process_holds_the_file_until_it_ends()
    {
        var path = Path.Combine(_folder.FullName, "other.db");
        using var child = StoreChild.Start(path);

        var refused = Assert.Throws<StoreException>(() => OpenAt(path));
        child.Kill();
        await child.WaitForExitAsync();
        await using var store = OpenAt(path);

        Assert.Contains($"pid {child.Id} on host", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clean_close_leaves_an_empty_log_and_no_holder()
    {
        await Put(new Tally("t", 1));
        await Close(Store);

        Assert.Equal(["chatops-log.db", "chatops.db"], Directory.GetFiles(Path.GetDirectoryName(DatabasePath)!).Select(Path.GetFileName).Order());
        Assert.Equal(0, new FileInfo(DatabasePath.Replace(".db", "-log.db", StringComparison.Ordinal)).Length);
    }

    [Theory]
    [InlineData("id,name\n1,somebody's list\n")]
    [InlineData("")]
    public void A_foreign_file_is_refused_and_left_as_it_is(string beginning)
    {
        var path = Path.Combine(_folder.FullName, "foreign.csv");
        var text = beginning.Length == 0 ? new string('x', 3 * 8192) : beginning;
        File.WriteAllText(path, text);

        var refused = Assert.Throws<StoreException>(() => OpenAt(path));

        Assert.Contains("not a LiteDB database", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(path));
        Assert.False(File.Exists(path + ".holder"));
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_refused() =>
        Assert.Contains("is a folder", Assert.Throws<StoreException>(() => OpenAt(_folder.FullName)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("taken/chatops.db")]
    [InlineData("/proc/nobody-may-write-here/chatops.db")]
    public void A_folder_that_cannot_be_written_to_is_refused_in_words(string name)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "taken"), "a file, not a folder");
        var path = Path.Combine(_folder.FullName, name);

        var refused = Assert.Throws<StoreException>(() => OpenAt(path));

        Assert.StartsWith($"The database file {path} cannot be opened: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_or_key_that_is_too_big_fails_alone()
    {
        Document[] bad =
        [
            new Gadget("big") { Name = new string('x', 9_000_000) },
            new Gadget("long key") { Shelf = new string('k', 501) },
            new Gadget("many bytes") { Shelf = new string('€', 400) },
            new Gadget(new string('i', 501)),
            new Gadget(""),
            new Gadget("half a pair \ud83d"),
        ];
        var good = Enumerable.Range(0, 20).Select(i => Store.Commit(new Commit().Put(new Tally($"{i}", i)))).ToList();

        foreach (var document in bad)
        {
            await Assert.ThrowsAnyAsync<StoreException>(() => Store.Commit(new Commit().Put(new Tally("beside", 1)).Put(document)));
        }

        Assert.All(await Task.WhenAll(good), outcome => Assert.Equal(CommitOutcome.Stored, outcome));
        Assert.Null(await Store.Find<Tally>("beside"));
        await Put(new Gadget(new string('i', 500)) { Shelf = new string('k', 500), Name = new string('x', 8_000_000) });
        Assert.Equal(8_000_000, (await Get<Gadget>(new string('i', 500))).Name.Length);
    }

    [Fact]
    public async Task A_commit_that_LiteDB_itself_refuses_fails_alone()
    {
        await using var store = LiteDbStore.Open(
            () => DatabaseFiles.Open(Path.Combine(_folder.FullName, "unchecked.db"), TimeProvider.System), Collections, NullLogger<LiteDbStore>.Instance, checkLimits: false);

        var commits = Enumerable.Range(0, 60).Select(i => Task.Run(() => store.Commit(
            new Commit().Put(new Tally($"{i}", i)).Put(new Gadget($"{i}") { Shelf = i % 20 == 7 ? new string('k', 2_000) : "short" })))).ToList();
        await Task.WhenAll(commits.Select(commit => commit.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal([7, 27, 47], commits.Select((commit, i) => (commit, i)).Where(one => one.commit.IsFaulted).Select(one => one.i));
        Assert.All(commits.Where(commit => commit.IsFaulted), commit => Assert.IsType<StoreException>(commit.Exception!.InnerException));
        Assert.Equal(57, await store.Count(Index<Tally>.Id, Keys.All));
        Assert.Equal(57, await store.Count(Gadget.ByShelf, Keys.All));
        Assert.Null(store.Fault);
    }

    [Fact]
    public async Task A_closed_store_refuses_in_words()
    {
        var store = OpenAt(Path.Combine(_folder.FullName, "closed.db"));
        var last = store.Commit(new Commit().Put(new Tally("t", 1)));
        await store.DisposeAsync();
        await store.DisposeAsync();

        Assert.Equal(CommitOutcome.Stored, await last);
        await Assert.ThrowsAsync<StoreException>(() => store.Commit(new Commit().Put(new Tally("u", 1))));
        await Assert.ThrowsAsync<StoreException>(async () => await store.Find<Tally>("t"));
        await Assert.ThrowsAsync<StoreException>(async () => await store.Count(Index<Tally>.Id, Keys.All));
        await Assert.ThrowsAsync<StoreException>(async () => await store.NextNumber("A"));
    }

    [Fact]
    public async Task An_index_that_is_new_to_the_file_finds_the_documents_that_were_there_before()
    {
        var path = Path.Combine(_folder.FullName, "older.db");
        var before = new Collection<Gadget>("gadgets", new Index<Gadget>("retired", gadget => gadget.Name));
        await using (var store = LiteDbStore.Open(path, [before], TimeProvider.System, NullLogger<LiteDbStore>.Instance))
        {
            await store.Commit(new Commit().Put(Enumerable.Range(0, 50).Select(i => new Gadget($"{i}") { Shelf = i % 2 == 0 ? "even" : null })));
        }

        await using var reopened = OpenAt(path);

        Assert.Equal(25, await reopened.Count(Gadget.ByShelf, Keys.All));
        Assert.Equal(50, (await reopened.List(Gadget.ByMade, Keys.UpTo(Keys.At(new Gadget("g").Made)))).Count);
    }

    protected override Task<IStore> Open() => Task.FromResult<IStore>(OpenAt(DatabasePath));

    protected override async Task Close(IStore store) => await ((LiteDbStore)store).DisposeAsync();

    private static LiteDbStore OpenAt(string path) => LiteDbStore.Open(path, Collections, TimeProvider.System, NullLogger<LiteDbStore>.Instance);
}
