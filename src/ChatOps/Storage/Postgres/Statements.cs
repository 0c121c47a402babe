using Npgsql;
using NpgsqlTypes;

namespace ChatOps.Storage.Postgres;

/// <summary>The second step of a commit as statements: by collection, in the order that all commits go by, with COMMIT at the end.</summary>
internal static class Statements
{
    public static NpgsqlBatch Of(Decision decision, IReadOnlyDictionary<string, Table> tables)
    {
        var batch = new NpgsqlBatch();
        var absent = new List<NpgsqlBatchCommand>();
        foreach (var group in decision.Changes)
        {
            Add(batch, absent, tables[group.Key.Name], [.. group]);
        }

        absent.ForEach(batch.BatchCommands.Add);
        batch.BatchCommands.Add(new("COMMIT"));
        return batch;
    }

    /// <summary>Rows for <c>unnest</c>: ids, versions, documents, and a column a key.</summary>
    public static IEnumerable<NpgsqlParameter> Rows(Table table, IReadOnlyList<Row> rows)
    {
        yield return new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(row => Escape.Text(row.Id))] };
        yield return new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.Version)] };
        yield return new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(row => Escape.Json(row.Json))], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb };
        foreach (var column in Keys(table, rows))
        {
            yield return column;
        }
    }

    /// <summary>A column for each index.</summary>
    public static IEnumerable<NpgsqlParameter> Keys(Table table, IReadOnlyList<Row> rows) => table.Collection.Indexes.Select((_, i) =>
        new NpgsqlParameter<string?[]> { TypedValue = [.. rows.Select(row => row.Keys[i] is { } key ? Escape.Text(key) : null)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });

    private static void Add(NpgsqlBatch batch, List<NpgsqlBatchCommand> absent, Table table, List<Decision.Change> changes)
    {
        string[] gone = [.. changes.Where(change => change is { Write: null, Stored: not 0 }).Select(change => Escape.Text(change.Place.Id))];
        string[] kept = [.. changes.Where(change => change is { Write: null, Stored: 0 }).Select(change => Escape.Text(change.Place.Id))];
        Row[] updated = [.. changes.Where(change => change is { Write: not null, Stored: not 0 }).Select(change => Row.Of(change.Write!))];
        // A document that has to stay away is put there and taken away again: whoever wants to make it waits for this commit.
        Row[] inserted = [.. changes.Where(change => change.Stored == 0).Select(change => change.Write is { } write ? Row.Of(write) : Row.Nobody(change.Place))];

        if (gone.Length > 0)
        {
            batch.BatchCommands.Add(new(table.Delete) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = gone } } });
        }

        if (table.Unique && updated.Length > 0 && updated.Length + inserted.Length > 1)
        {
            batch.BatchCommands.Add(new(table.Release) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. updated.Select(row => Escape.Text(row.Id))] } } });
        }

        Add(batch, table.Update, table, updated);
        Add(batch, table.Insert, table, inserted);
        if (kept.Length > 0)
        {
            absent.Add(new(table.Delete) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = kept } } });
        }
    }

    private static void Add(NpgsqlBatch batch, string statement, Table table, Row[] rows)
    {
        if (rows.Length > 0)
        {
            var command = new NpgsqlBatchCommand(statement);
            command.Parameters.AddRange(Rows(table, rows).ToArray());
            batch.BatchCommands.Add(command);
        }
    }

    /// <summary>A document as a row.</summary>
    internal readonly record struct Row(string Id, long Version, string Json, IReadOnlyList<string?> Keys)
    {
        public static Row Of(PreparedWrite write) => new(write.Id, write.NextVersion, write.Json!, write.Keys);

        public static Row Nobody(Place place) => new(place.Id, 0, "null", new string?[place.Collection.Indexes.Count]);
    }
}
