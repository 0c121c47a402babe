using System.Data;
using System.Runtime.CompilerServices;
using ChatOps.Core.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChatOps.Storage.Postgres;

/// <summary>A PostgreSQL database as rows. It is read while the bot works, as of one moment; it is filled in one transaction.</summary>
internal sealed class PostgresArchive(PostgresConnection connection, IReadOnlyList<Collection> collections, TimeProvider time) : IStoreArchive
{
    public async IAsyncEnumerable<StoredRow> Read([EnumeratorCancellation] CancellationToken cancel)
    {
        await using var store = PostgresStore.Open(connection, collections, time, NullLogger.Instance);
        await using var open = await Guarded(() => store.Database.Open(cancel));
        // All questions are answered as of the first one.
        await using var transaction = await Guarded(async () => await open.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel));
        await foreach (var row in Rows(open, "SELECT series, last, NULL FROM chatops.counters ORDER BY series", cancel))
        {
            yield return new StoredRow.Counter(row.Id, row.Number);
        }

        foreach (var table in store.Collections.All.Select(collection => store.Tables[collection.Name]))
        {
            await foreach (var row in Rows(open, $"SELECT id, version, document FROM {table.Name} ORDER BY id", cancel))
            {
                // jsonb has its own order of names; an archive is the same from every store.
                var document = KnownCollections.Revive<Document>(table.Collection, row.Id, row.Json, row.Number);
                yield return new StoredRow.Document(table.Collection.Name, row.Id, row.Number, table.Collection.Write(document));
            }
        }
    }

    public async Task<long> Fill(IAsyncEnumerable<StoredRow> rows, CancellationToken cancel)
    {
        await using var store = PostgresStore.Open(connection, collections, time, NullLogger.Instance);
        return await Guarded(async () =>
        {
            await using var open = await store.Database.Open(cancel);
            await using var transaction = await open.BeginTransactionAsync(cancel);
            await RefuseFull(open, store, cancel);
            var filling = new Filling(open, store);
            await foreach (var row in rows.WithCancellation(cancel))
            {
                await filling.Add(row, cancel);
            }

            await filling.Flush(cancel);
            await transaction.CommitAsync(cancel);
            return filling.Documents;
        });
    }

    /// <summary>Nobody else writes until the transaction ends: what is empty stays so.</summary>
    private async Task RefuseFull(NpgsqlConnection open, PostgresStore store, CancellationToken cancel)
    {
        foreach (var name in store.Tables.Values.Select(table => table.Name).Append("chatops.counters"))
        {
            await using var command = new NpgsqlCommand($"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE", open);
            await command.ExecuteNonQueryAsync(cancel);
            command.CommandText = $"SELECT EXISTS (SELECT FROM {name})";
            if ((bool)(await command.ExecuteScalarAsync(cancel))!)
            {
                throw new StoreException($"{connection.Words}, has something stored already; only an empty store can be filled");
            }
        }
    }

    private async IAsyncEnumerable<(string Id, long Number, string Json)> Rows(NpgsqlConnection open, string question, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(question, open) { CommandTimeout = 0 };
        await using var reader = await Guarded(() => command.ExecuteReaderAsync(cancel));
        while (await Guarded(() => reader.ReadAsync(cancel)))
        {
            yield return (Escape.Back(reader.GetString(0)), reader.GetInt64(1), await reader.IsDBNullAsync(2, cancel) ? "" : Escape.JsonBack(reader.GetString(2)));
        }
    }

    private async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
        {
            throw new StoreException(connection.Say(failure), failure);
        }
    }
}
