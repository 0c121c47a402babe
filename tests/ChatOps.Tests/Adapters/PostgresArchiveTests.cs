using ChatOps.Core.Storage;
using ChatOps.Storage;
using ChatOps.Storage.Postgres;
using ChatOps.Tests.Conformance;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Adapters;

/// <summary>A PostgreSQL store as rows, out and in again.</summary>
public sealed class PostgresArchiveTests
{
    private static readonly Collection[] Collections = [Gadget.Collection, Tally.Collection];

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task What_is_filled_in_is_read_again_and_a_store_that_holds_something_is_refused()
    {
        var server = await RealPostgres.Shared;
        StoredRow[] rows =
        [
            new StoredRow.Counter("A", 41),
            new StoredRow.Counter("a\0", 7),
            .. Enumerable.Range(1000, 501).Select(i => Row(new Gadget($"{i}\0") { Shelf = i % 2 == 0 ? "even" : null, Serial = $"{i}", Name = "\0 \u0001 ß", Parts = [new Part("p", 1.10m, ["x"])] }, i)),
            Row(new Tally("t", 5), 3),
        ];
        var archive = Archive(await server.Database(), out var database);

        Assert.Equal(502, await archive.Fill(rows.ToAsyncEnumerable(), CancellationToken.None));

        Assert.Equal(rows, await archive.Read(CancellationToken.None).ToListAsync());
        await using (var store = PostgresStore.Open(RealPostgres.Connection(database), Collections, TimeProvider.System, NullLogger.Instance))
        {
            Assert.Equal(251, await store.Count(Gadget.ByShelf, Keys.Exactly("even")));
            Assert.Equal(42, await store.NextNumber("A"));
            Assert.Equal(CommitOutcome.Stored, await store.Commit(new Commit().Put(new Tally("t", 6) { Version = 3 })));
        }

        var refused = await Assert.ThrowsAsync<StoreException>(() => archive.Fill(rows.ToAsyncEnumerable(), CancellationToken.None));
        Assert.EndsWith("has something stored already; only an empty store can be filled", refused.Message, StringComparison.Ordinal);
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task Rows_that_cannot_be_stored_leave_the_store_empty()
    {
        var archive = Archive(await (await RealPostgres.Shared).Database(), out _);
        StoredRow fine = Row(new Gadget("a") { Serial = "1" }, 1);
        StoredRow[] bad =
        [
            Row(new Gadget("b") { Serial = "1" }, 1),
            new StoredRow.Document("planets", "p", 1, "{}"),
            new StoredRow.Document("gadgets", "c", 1, "{\"id\":\"other\"}"),
            new StoredRow.Document("gadgets", "d", 1, "{"),
            new StoredRow.Document("gadgets", "e", 0, Gadget.Collection.Write(new Gadget("e"))),
        ];
        foreach (var row in bad)
        {
            await Assert.ThrowsAsync<StoreException>(() => archive.Fill(new[] { fine, row }.ToAsyncEnumerable(), CancellationToken.None));
            Assert.Empty(await archive.Read(CancellationToken.None).ToListAsync());
        }
    }

    private static StoredRow.Document Row<T>(T document, long version)
        where T : Document, IStored<T> => new(T.Collection.Name, document.Id, version, T.Collection.Write(document));

    private static PostgresArchive Archive(string given, out string database) => new(RealPostgres.Connection(database = given), Collections, TimeProvider.System);
}
