using System.IO.Compression;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Tests.Conformance;
using LiteDB.Engine;

namespace ChatOps.Tests.Adapters;

/// <summary>Older data files are brought up to date, whole or not at all.</summary>
public sealed class LayoutTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("folded")]
    [InlineData("copied")]
    [InlineData("in step")]
    [InlineData("lifted")]
    [InlineData("kept")]
    [InlineData("placed")]
    public async Task An_older_file_is_brought_up_to_date_however_often_it_is_killed_on_the_way(string killedAt)
    {
        await _folder.FillAndKill(10, 10);
        void Killed(string at) => _ = at == killedAt ? throw new InvalidOperationException("killed") : at;
        if (killedAt.Length > 0)
        {
            await Assert.ThrowsAsync<StoreException>(() => Task.Run(() => _folder.Open(TwoSteps(Killed))));
        }

        await using (var store = _folder.Open(TwoSteps(_ => { })))
        {
            Assert.Equal(20, await store.Count(Index<Tally>.Id, Keys.All));
            Assert.Equal(5_000, (await store.Find<Tally>("t5"))!.Sum);
        }

        var kept = Directory.GetFiles(_folder.Path, "*.layout-1*");
        Assert.Equal(killedAt == "kept" ? 2 : 1, kept.Length);
        Assert.Equal(20, await DataFolder.Count(kept[0]));
        Assert.Contains("layout 3, this one knows 1", Assert.Throws<StoreException>(() => _folder.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_file_is_refused_and_left_as_it_is()
    {
        await _folder.FillAndKill(10, 10);
        await using (_folder.Open(TwoSteps(_ => { })))
        {
        }

        var before = _folder.Bytes();
        var refused = Assert.Throws<StoreException>(() => _folder.Open());
        Assert.Contains("was written by a newer version of this program (layout 3, this one knows 1)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Bytes());
    }

    /// <summary>The sample was written by the program of layout 1, killed while it ran. It is never made anew: a later layout adds another beside it.</summary>
    [Fact]
    public async Task The_file_of_an_older_version_is_read()
    {
        foreach (var (sample, file) in new[] { ("layout-1.db.gz", _folder.Data), ("layout-1-log.db.gz", _folder.Log) })
        {
            await using var packed = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Samples", "litedb", sample)), CompressionMode.Decompress);
            await using var unpacked = File.Create(file);
            await packed.CopyToAsync(unpacked);
        }

        await using var app = global::Program.Build(["--Urls=http://127.0.0.1:0", $"--Storage:ConnectionString=Filename={_folder.Data}"]);
        var store = (IStore)app.Services.GetService(typeof(IStore))!;
        var alert = await store.Find<ChatOps.Core.Alerts.Alert>("A-1");
        Assert.Equal("InstanceDown", alert!.Facts.Title);
        Assert.Equal(4, await store.NextNumber("A"));
        Assert.Equal(2, await store.Count(ChatOps.Core.Alerts.Alert.OpenSince, Keys.All));
        Assert.Equal("core", Assert.Single(await store.List(Index<ChatOps.Core.Oncall.Rotation>.Id, Keys.All)).Name);
    }

    /// <summary>Layout 2 and 3 as they might be: each multiplies, so that one done twice would show.</summary>
    private static Layouts TwoSteps(Action<string> done) => new(engine => Times(engine, 10), engine =>
    {
        Times(engine, 100);
        done("in step");
    })
    { Done = done };

    private static void Times(LiteEngine engine, long factor)
    {
        engine.BeginTrans();
        foreach (var stored in engine.All("tallies"))
        {
            var tally = Tally.Collection.Read(stored[Fields.Json].AsString, 1);
            stored[Fields.Json] = Tally.Collection.Write((Tally)tally with { Sum = ((Tally)tally).Sum * factor });
            engine.Update("tallies", [stored]);
        }

        engine.Commit();
    }
}
