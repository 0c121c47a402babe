using ChatOps.Core.Storage;
using Npgsql;
using Index = ChatOps.Core.Storage.Index;

namespace ChatOps.Storage.Postgres;

/// <summary>The tables and indexes of the collections, as they are declared. An index that is new gets its keys from the stored documents; one that is no longer declared goes.</summary>
internal static class Collections
{
    private const int PageRows = 500;

    /// <returns>Whether anything had to be changed.</returns>
    public static bool Prepare(NpgsqlConnection connection, IEnumerable<Table> tables, Preparation preparation)
    {
        var existing = Existing(connection);
        var changed = false;
        foreach (var table in tables)
        {
            changed |= Prepare(connection, table, existing.GetValueOrDefault(table.Collection.Name), preparation);
        }

        return changed;
    }

    /// <param name="connection">Under the lock.</param>
    /// <param name="table">As it is declared.</param>
    /// <param name="columns">Its key columns as they are, and whether each has a unique index; null when there is no table yet.</param>
    /// <param name="preparation">Takes the keys.</param>
    private static bool Prepare(NpgsqlConnection connection, Table table, Dictionary<string, bool>? columns, Preparation preparation)
    {
        if (columns is null)
        {
            Schema.Run(connection, table.Create);
        }

        var held = columns ?? [];
        var declared = table.Collection.Indexes.ToDictionary(index => "k_" + index.Name);
        var gone = held.Where(column => !declared.TryGetValue(column.Key, out var index) || index.Unique != column.Value).Select(column => column.Key).ToList();
        gone.ForEach(column => Schema.Run(connection, table.Drop(column)));
        var added = declared.Where(index => !held.ContainsKey(index.Key) || gone.Contains(index.Key)).Select(index => index.Value).ToList();
        added.ForEach(index => Schema.Run(connection, table.Add(index)));
        if (columns is not null && added.Count > 0)
        {
            Refill(connection, table, preparation);
        }

        added.ForEach(index => Sort(connection, table, index));
        return columns is null || gone.Count > 0 || added.Count > 0;
    }

    private static Dictionary<string, Dictionary<string, bool>> Existing(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT held.relname, keys.attname, EXISTS (SELECT FROM pg_index WHERE indrelid = held.oid AND indkey[0] = keys.attnum AND indisunique)
            FROM pg_class AS held
            LEFT JOIN pg_attribute AS keys ON attrelid = held.oid AND starts_with(attname, 'k_') AND NOT attisdropped
            WHERE relnamespace = 'chatops'::regnamespace AND relkind = 'r'
            """,
            connection);
        using var reader = command.ExecuteReader();
        var tables = new Dictionary<string, Dictionary<string, bool>>();
        while (reader.Read())
        {
            var columns = tables.GetValueOrDefault(reader.GetString(0)) ?? [];
            tables[reader.GetString(0)] = columns;
            if (!reader.IsDBNull(1))
            {
                columns.Add(reader.GetString(1), reader.GetBoolean(2));
            }
        }

        return tables;
    }

    private static void Refill(NpgsqlConnection connection, Table table, Preparation preparation)
    {
        var last = "";
        while (Page(connection, table, last) is { Count: > 0 } documents)
        {
            var rows = documents.ConvertAll(document => new Statements.Row(document.Id, document.Version, "", preparation.KeysOf(table.Collection, document)));
            Schema.Run(connection, table.Rekey, [new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(row => Escape.Text(row.Id))] }, .. Statements.Keys(table, rows)]);
            last = documents[^1].Id;
        }
    }

    private static List<Document> Page(NpgsqlConnection connection, Table table, string after)
    {
        using var command = new NpgsqlCommand(table.Page, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = Escape.Text(after) }, new NpgsqlParameter<int> { TypedValue = PageRows } },
        };
        using var reader = command.ExecuteReader();
        var documents = new List<Document>();
        while (reader.Read())
        {
            documents.Add(KnownCollections.Revive<Document>(table.Collection, Escape.Back(reader.GetString(0)), Escape.JsonBack(reader.GetString(2)), reader.GetInt64(1)));
        }

        return documents;
    }

    private static void Sort(NpgsqlConnection connection, Table table, Index index)
    {
        try
        {
            Schema.Run(connection, table.Sort(index));
        }
        catch (PostgresException twice) when (twice.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new StoreException($"The key {index.Name} of {table.Collection.Name} is to be unique, but stored documents share one", twice);
        }
    }
}
