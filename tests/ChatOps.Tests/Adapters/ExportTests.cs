using System.Text;
using ChatOps.Core.Storage;
using ChatOps.Storage.Archive;
using ChatOps.Storage.LiteDb;
using ChatOps.Storage.LiteDb.Backups;
using ChatOps.Tests.Conformance;

namespace ChatOps.Tests.Adapters;

/// <summary>An export goes out and comes back as it was, and a bad one changes nothing.</summary>
public sealed class ExportTests : IDisposable
{
    private const string Header = """{"format":"chatops-export","version":1,"time":"2026-11-23T03:00:00Z"}""";

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_exported_and_imported_is_the_same_with_versions_numbers_and_indexes()
    {
        await using (var store = _folder.Open())
        {
            await store.NextNumber("N");
            await store.Commit(new Commit().Put(Enumerable.Range(0, 1_234).Select(i => new Tally($"{i}", i))));
            await store.Commit(new Commit().Put(new Gadget("Ünï \"1\"\n") { Serial = "s1", Shelf = "kept", Name = "<b>€😀" }));
            await store.Commit(new Commit().Put((await store.Find<Tally>("7"))! with { Sum = 70 }));
        }

        var text = await Export(_folder.Data);
        Assert.Equal(1_235, await Import(_folder.In("new/other.db"), text));
        Assert.Equal(text, await Export(_folder.In("new/other.db")));
        await using var other = DataFolder.OpenAt(_folder.In("new/other.db"));
        Assert.Equal(2, (await other.Find<Tally>("7"))!.Version);
        Assert.Equal("<b>€😀", Assert.Single(await other.List(Gadget.BySerial, Keys.Exactly("s1"))).Name);
        Assert.Equal(2, await other.NextNumber("N"));
        Assert.Equal(CommitOutcome.Conflict, await other.Commit(new Commit().Put(new Gadget("another") { Serial = "s1" })));
    }

    [Fact]
    public async Task A_store_with_something_in_it_is_not_imported_into()
    {
        await _folder.FillAndKill(1, 1);
        var text = await Export(_folder.Data);
        var refused = await Assert.ThrowsAsync<StoreException>(() => Import(_folder.Data, text));
        Assert.Contains("holds something already (in counters); it was left as it is", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, await DataFolder.Count(_folder.Data));
    }

    [Theory]
    [InlineData("", "The export is empty")]
    [InlineData("""{"some":"json"}""", "Line 1: this is no export of ChatOps")]
    [InlineData("""{"format":"chatops-export","version":2}""", "Line 1: the export is of version 2, and this program reads 1")]
    [InlineData(Header, "The export is cut short: it ends after line 1")]
    [InlineData(Header + "\n{\"collection\":\"tallies\",\"id\":\"a\",", "Line 2: it is no JSON")]
    [InlineData(Header + "\n[]", "Line 2: it is no JSON object")]
    [InlineData(Header + "\n{\"counter\":\"A\"}", "Line 2: the counter A has no number")]
    [InlineData(Header + "\n{\"collection\":\"songs\",\"id\":\"a\",\"version\":1,\"document\":{}}", "Line 2: there is no collection \"songs\" in this version")]
    [InlineData(Header + "\n{\"collection\":\"tallies\",\"id\":\"a\",\"version\":0,\"document\":{}}", "Line 2: it is neither")]
    [InlineData(Header + "\n{\"collection\":\"tallies\",\"id\":\"a\",\"version\":1,\"document\":{\"id\":\"b\",\"sum\":1}}", "Line 2: the document of tallies is not called a")]
    [InlineData(Header + "\n{\"collection\":\"tallies\",\"id\":\"a\",\"version\":1,\"document\":{\"id\":\"a\",\"sum\":\"many\"}}", "Line 2: the document a of tallies cannot be read")]
    [InlineData(Header + "\n{\"end\":true,\"counters\":0,\"documents\":1}", "Line 2: the export says that it has 0 counters and 1 documents, but there are 0 and 0")]
    [InlineData(Header + "\n{\"end\":true,\"counters\":0,\"documents\":0}\n{}", "Line 3: something stands behind the end")]
    [InlineData(Header + "\n{\"collection\":\"tallies\",\"id\":\"a\",\"version\":1,\"document\":{\"id\":\"a\",\"sum\":1}}\n{\"collection\":\"tallies\",\"id\":\"a\",\"version\":1,\"document\":{\"id\":\"a\",\"sum\":1}}\n{\"end\":true,\"counters\":0,\"documents\":2}", "The document a of tallies cannot be stored")]
    public async Task A_bad_export_is_refused_with_its_line_and_nothing_is_stored(string text, string says)
    {
        var refused = await Assert.ThrowsAsync<StoreException>(() => Import(_folder.Data, text));
        Assert.StartsWith(says, refused.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Bytes());
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => file.Contains(".part", StringComparison.Ordinal));
        Assert.Equal(0, await DataFolder.Count(_folder.Data));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        await _folder.Fill(1);
        var made = await Backup.MakeOffline(_folder.Data, _folder.In("b.db"), replace: false, DataFolder.Pace, TimeProvider.System, CancellationToken.None);
        var nowhere = Path.Combine(made.File, "sub", "chatops.db");

        var imported = await Assert.ThrowsAsync<StoreException>(() => Import(nowhere, Header));
        var restored = Assert.Throws<StoreException>(() => new Restore(nowhere, TimeProvider.System, _ => { }).From(made.File, DataFolder.Pace, CancellationToken.None));

        Assert.All([imported, restored], refused => Assert.StartsWith($"{nowhere} cannot be written: ", refused.Message, StringComparison.Ordinal));
    }

    private static async Task<string> Export(string path)
    {
        var stream = new MemoryStream();
        await new ExportWriter(stream).Write(Archive(path).Read(CancellationToken.None), DateTimeOffset.UnixEpoch, _ => { }, CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Task<long> Import(string path, string text) =>
        Task.Run(() => Archive(path).Fill(new ExportReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), DataFolder.Collections).Rows(), CancellationToken.None));

    private static LiteDbArchive Archive(string path) => new(path, DataFolder.Collections, TimeProvider.System);
}
