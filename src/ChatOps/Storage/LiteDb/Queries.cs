using System.Globalization;
using ChatOps.Core.Storage;
using LiteDB;
using LiteDB.Engine;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// The few questions that are asked of LiteDB, each shaped so that its planner takes the index: one predicate, an order by that same
/// field, and a reader that is left as soon as there is enough. No query is begun before the last one of its thread is over.
/// </summary>
internal static class Queries
{
    // Parsing an expression costs more than looking up what it asks for. An expression carries the values it is asked with, so each thread has its own.
    [ThreadStatic]
    private static Dictionary<string, BsonExpression>? _parsed;

    public static BsonDocument? ById(this LiteEngine engine, string collection, string id)
    {
        using var reader = engine.Query(collection, Where("_id", id));
        return reader.Read() ? reader.Current.AsDocument : null;
    }

    /// <summary>The version a document is stored under; 0 when there is none.</summary>
    public static long VersionOf(this LiteEngine engine, string collection, string id)
    {
        var query = Where("_id", id);
        query.Select = Parsed("$." + Fields.Version);
        using var reader = engine.Query(collection, query);
        return reader.Read() ? reader.Current.AsDocument.Values.First().AsInt64 : 0;
    }

    public static List<string> IdsWith(this LiteEngine engine, string collection, string field, string key)
    {
        var query = Where(field, key);
        query.Select = Parsed("$._id");
        using var reader = engine.Query(collection, query);
        var ids = new List<string>();
        while (reader.Read())
        {
            ids.Add(reader.Current.AsDocument.Values.First().AsString);
        }

        return ids;
    }

    public static List<BsonDocument> All(this LiteEngine engine, string collection)
    {
        using var reader = engine.Query(collection, new Query());
        var all = new List<BsonDocument>();
        while (reader.Read())
        {
            all.Add(reader.Current.AsDocument);
        }

        return all;
    }

    public static List<BsonDocument> Range(this LiteEngine engine, string collection, string field, Keys keys, int limit, bool descending)
    {
        var found = new List<BsonDocument>();
        if (limit <= 0 || IsEmpty(keys))
        {
            return found;
        }

        var query = Where(field, keys);
        query.OrderBy = Parsed("$." + field);
        query.Order = descending ? Query.Descending : Query.Ascending;
        using var reader = engine.Query(collection, query);
        while (found.Count < limit && reader.Read())
        {
            var document = reader.Current.AsDocument;
            if (IsBelow(document[field], keys))
            {
                found.Add(document);
            }
        }

        return found;
    }

    public static long Count(this LiteEngine engine, string collection, string field, Keys keys)
    {
        if (IsEmpty(keys))
        {
            return 0;
        }

        // Selecting nothing but the index's own field, LiteDB reads the index alone.
        var query = Where(field, keys);
        query.Select = Parsed("$." + field);
        using var reader = engine.Query(collection, query);
        var count = 0L;
        while (reader.Read())
        {
            if (IsBelow(reader.Current.AsDocument.Values.First(), keys))
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>How long the log will be when LiteDB's queue has written all that was committed.</summary>
    public static long LogLength(this LiteEngine engine)
    {
        using var reader = engine.Query("$database", new Query());
        return reader.Read() ? reader.Current.AsDocument["logFileSize"].AsInt64 : 0;
    }

    private static Query Where(string field, string key)
    {
        var query = new Query();
        query.Where.Add(Parsed($"$.{field} = @0", key));
        return query;
    }

    /// <summary>
    /// Documents without a key are in LiteDB's index as null, which sorts before every string: a range that starts at the empty string never meets them.
    /// LiteDB takes one predicate to the index and filters by the rest, so both ends go into one BETWEEN, whose upper end is inclusive.
    /// </summary>
    private static Query Where(string field, Keys keys)
    {
        if (keys.Equal is { } key)
        {
            return Where(field, key);
        }

        var query = new Query();
        query.Where.Add(Parsed($"$.{field} BETWEEN @0 AND @1", keys.From ?? "", keys.Below is { } below ? below : BsonValue.MaxValue));
        return query;
    }

    private static BsonExpression Parsed(string text, params ReadOnlySpan<BsonValue> values)
    {
        _parsed ??= new(StringComparer.Ordinal);
        if (!_parsed.TryGetValue(text, out var expression))
        {
            _parsed[text] = expression = BsonExpression.Create(text);
        }

        for (var i = 0; i < values.Length; i++)
        {
            expression.Parameters[i.ToString(CultureInfo.InvariantCulture)] = values[i];
        }

        return expression;
    }

    private static bool IsEmpty(Keys keys) =>
        keys.Equal is null && keys.Below is { } below && string.CompareOrdinal(keys.From ?? "", below) >= 0;

    private static bool IsBelow(BsonValue key, Keys keys) =>
        keys.Equal is not null || keys.Below is not { } below || string.CompareOrdinal(key.AsString, below) < 0;
}
