using ChatOps.Core.Storage;
using LiteDB;
using LiteDB.Engine;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// Makes all collections and indexes at open, before the first read: LiteDB fails on a collection that is made while another thread reads
/// it (litedb-org/LiteDB#2792). An index that is new to a file gets its keys from the stored documents; one that is no longer declared goes.
/// </summary>
internal static class Schema
{
    public static void Prepare(LiteEngine engine, int layout, IReadOnlyList<Collection> collections)
    {
        engine.Pragma("USER_VERSION", layout);
        // The writer makes its own checkpoints, after the fsync that this one does not wait for.
        engine.Pragma("CHECKPOINT", 0);

        engine.Insert(Counters.Collection, [], BsonAutoId.ObjectId);
        var existing = Existing(engine);
        foreach (var collection in collections)
        {
            engine.Insert(collection.Name, [], BsonAutoId.ObjectId);
            var fields = collection.Indexes.Select(Fields.Of).ToHashSet(StringComparer.Ordinal);
            var stored = existing.Where(index => index.Collection == collection.Name).Select(index => index.Field).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in stored.Except(fields))
            {
                engine.DropIndex(collection.Name, gone);
            }

            if (!fields.IsSubsetOf(stored))
            {
                Refill(engine, collection);
            }

            foreach (var field in fields)
            {
                engine.EnsureIndex(collection.Name, field, BsonExpression.Create("$." + field), unique: false);
            }
        }
    }

    private static List<(string Collection, string Field)> Existing(LiteEngine engine)
    {
        using var reader = engine.Query("$indexes", new Query());
        var indexes = new List<(string, string)>();
        while (reader.Read())
        {
            var index = reader.Current;
            if (index["name"].AsString != "_id")
            {
                indexes.Add((index["collection"].AsString, index["name"].AsString));
            }
        }

        return indexes;
    }

    // Before the index is made: should the program die between the two, the next start does both again.
    private static void Refill(LiteEngine engine, Collection collection)
    {
        var documents = engine.All(collection.Name);
        engine.BeginTrans();
        foreach (var stored in documents)
        {
            var document = collection.Read(stored[Fields.Json].AsString, stored[Fields.Version].AsInt64);
            foreach (var index in collection.Indexes)
            {
                stored[Fields.Of(index)] = index.KeyOf(document) is { } key ? key : BsonValue.Null;
            }

            engine.Update(collection.Name, [stored]);
        }

        engine.Commit();
    }
}
