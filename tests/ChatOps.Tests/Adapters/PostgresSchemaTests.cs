using ChatOps.Core.Storage;
using ChatOps.Storage.Postgres;
using ChatOps.Tests.Conformance;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChatOps.Tests.Adapters;

/// <summary>What opening a PostgreSQL store makes, finds and refuses.</summary>
public sealed class PostgresSchemaTests
{
    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task Replicas_that_start_together_on_an_empty_database_all_open()
    {
        var database = await (await RealPostgres.Shared).Database();

        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Open(database))));

        await stores[0].Commit(new Commit().Put(new Gadget("g") { Shelf = "left" }));
        foreach (var store in stores)
        {
            Assert.Equal(1, await store.Count(Gadget.ByShelf, Keys.Exactly("left")));
            Assert.Equal(CommitOutcome.Conflict, await store.Commit(new Commit().Put(new Gadget("g"))));
            await store.DisposeAsync();
        }
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task An_index_that_is_new_to_the_database_finds_the_documents_that_were_there_before_and_a_retired_one_goes()
    {
        var database = await (await RealPostgres.Shared).Database();
        var before = new Collection<Gadget>("gadgets", new Index<Gadget>("retired", gadget => gadget.Name));
        await using var older = Open(database, before);
        for (var i = 0; i < 1200; i += 100)
        {
            await older.Commit(new Commit().Put(Enumerable.Range(i, 100).Select(n => new Gadget($"{n}\0") { Shelf = n % 2 == 0 ? "even" : null, Serial = $"{n}" })));
        }

        await using var newer = Open(database);

        Assert.Equal(600, await newer.Count(Gadget.ByShelf, Keys.All));
        Assert.Equal("7\0", Assert.Single(await newer.List(Gadget.BySerial, Keys.Exactly("7"))).Id);
        Assert.Equal(CommitOutcome.Conflict, await newer.Commit(new Commit().Put(new Gadget("twice") { Serial = "7" })));
        // What the older one would write now would not be in the new indexes.
        var refused = await Assert.ThrowsAsync<StoreException>(() => older.Commit(new Commit().Put(new Gadget("late"))));
        Assert.Contains("was changed by another version of this program", refused.Message, StringComparison.Ordinal);
        Assert.Null(await newer.Find<Gadget>("late"));
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task A_key_that_becomes_unique_is_refused_while_documents_share_it()
    {
        var database = await (await RealPostgres.Shared).Database();
        await using (var before = Open(database, new Collection<Gadget>("gadgets", new Index<Gadget>("serial", gadget => gadget.Serial))))
        {
            await before.Commit(new Commit().Put(new Gadget("a") { Serial = "1" }).Put(new Gadget("b") { Serial = "1" }));
        }

        Assert.Equal("The key serial of gadgets is to be unique, but stored documents share one", Assert.Throws<StoreException>(() => Open(database)).Message);
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task A_newer_schema_is_refused_and_left_as_it_is()
    {
        var server = await RealPostgres.Shared;
        var database = await server.Database();
        await Open(database).DisposeAsync();
        await server.Run(new NpgsqlConnectionStringBuilder(database).Database!, "INSERT INTO chatops.migrations (number, name) VALUES (99, 'from tomorrow')");

        var refused = Assert.Throws<StoreException>(() => Open(database));

        Assert.EndsWith($"was written by a newer version of this program (schema 99, this one knows {Migration.All[^1].Number})", refused.Message, StringComparison.Ordinal);
    }

    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task What_the_server_refuses_is_one_sentence_without_the_password()
    {
        var server = await RealPostgres.Shared;
        var database = await server.Database("ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'");
        var name = new NpgsqlConnectionStringBuilder(database).Database!;
        await server.Run(name, $"CREATE ROLE guest_{name} LOGIN PASSWORD 'guest'");
        var ours = await server.Database();

        Assert.EndsWith(", refuses the user chatops: the password is wrong", Refused(builder => builder.Password = "secret"), StringComparison.Ordinal);
        Assert.EndsWith(", database nowhere, cannot be used: there is no such database; make it with createdb nowhere", Refused(builder => builder.Database = "nowhere"), StringComparison.Ordinal);
        Assert.Contains($", does not let the user guest_{name} do what is needed: permission denied for database", Refused(builder => (builder.Username, builder.Password) = ($"guest_{name}", "guest")), StringComparison.Ordinal);
        Assert.EndsWith(", cannot be reached: Connection refused", Refused(builder => builder.Port = 1), StringComparison.Ordinal);
        Assert.Contains("has the encoding LATIN1", Assert.Throws<StoreException>(() => Open(database)).Message, StringComparison.Ordinal);

        string Refused(Action<NpgsqlConnectionStringBuilder> change)
        {
            var builder = new NpgsqlConnectionStringBuilder(ours);
            change(builder);
            var message = Assert.Throws<StoreException>(() => Open(builder.ConnectionString)).Message;
            Assert.StartsWith("PostgreSQL at 127.0.0.1:", message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
            return message;
        }
    }

    private static PostgresStore Open(string database, params Collection[] collections) => PostgresStore.Open(
        RealPostgres.Connection(database), collections is [] ? [Gadget.Collection, Tally.Collection] : [.. collections, Tally.Collection], TimeProvider.System, NullLogger.Instance);
}
