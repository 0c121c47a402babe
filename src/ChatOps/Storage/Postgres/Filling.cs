using ChatOps.Core.Storage;
using Npgsql;

namespace ChatOps.Storage.Postgres;

/// <summary>Takes the rows of an archive into a transaction, many to a statement.</summary>
internal sealed class Filling(NpgsqlConnection connection, PostgresStore store)
{
    private const int RowsAtOnce = 200;
    private const int CharactersAtOnce = 16 * 1024 * 1024;

    private readonly Preparation _preparation = new(store.Collections);
    private readonly List<StoredRow.Document> _waiting = [];
    private int _characters;

    public long Documents { get; private set; }

    public async Task Add(StoredRow row, CancellationToken cancel)
    {
        if (row is StoredRow.Counter counter)
        {
            await Store(counter, cancel);
        }
        else if (row is StoredRow.Document document)
        {
            if (_waiting.Count == RowsAtOnce || _characters > CharactersAtOnce || (_waiting.Count > 0 && _waiting[0].Collection != document.Collection))
            {
                await Flush(cancel);
            }

            _waiting.Add(document);
            _characters += document.Json.Length;
            Documents++;
        }
    }

    /// <summary>Stores what waits.</summary>
    public async Task Flush(CancellationToken cancel)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        if (!store.Tables.TryGetValue(_waiting[0].Collection, out var table))
        {
            throw new StoreException($"The archive has documents of {_waiting[0].Collection}, which this version of the program does not know");
        }

        await Run(table.Insert, Statements.Rows(table, _waiting.ConvertAll(document => Row(table.Collection, document))), $"an id or a unique key of {table.Collection.Name}", cancel);
        _waiting.Clear();
        _characters = 0;
    }

    private Task Store(StoredRow.Counter counter, CancellationToken cancel)
    {
        _preparation.CheckKey(counter.Series, "The name of a series of numbers");
        return Run(
            "INSERT INTO chatops.counters (series, last) VALUES ($1, $2)",
            [new NpgsqlParameter<string> { TypedValue = Escape.Text(counter.Series) }, new NpgsqlParameter<long> { TypedValue = counter.Last }],
            "a series of numbers",
            cancel);
    }

    private async Task Run(string statement, IEnumerable<NpgsqlParameter> parameters, string what, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters.ToArray());
        try
        {
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException twice) when (twice.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new StoreException($"The archive has {what} twice", twice);
        }
    }

    private Statements.Row Row(Collection collection, StoredRow.Document row)
    {
        var document = KnownCollections.Revive<Document>(collection, row.Id, row.Json, row.Version);
        if (document.Id != row.Id || row.Version < 1)
        {
            throw new StoreException($"The document {row.Id} of {collection.Name} in the archive has another id inside, or no version");
        }

        var prepared = _preparation.Prepare(new Write(WriteKind.Guarded, document));
        return new(row.Id, row.Version, prepared.Json!, prepared.Keys);
    }
}
