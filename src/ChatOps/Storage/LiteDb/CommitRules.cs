using ChatOps.Core.Storage;
using LiteDB;
using LiteDB.Engine;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// Decides and applies one commit inside the writer's transaction. LiteDB has no savepoints, so everything is checked before anything is
/// written; its reads in a transaction see what earlier commits of the same batch wrote.
/// </summary>
internal static class CommitRules
{
    /// <returns>The outcome, and whether anything was written.</returns>
    public static (CommitOutcome Outcome, bool Wrote) Apply(LiteEngine engine, PreparedCommit commit)
    {
        var changes = new Dictionary<(string Collection, string Id), Change>();
        foreach (var write in commit.Writes)
        {
            if (!Decide(engine, changes, write))
            {
                return (CommitOutcome.Conflict, false);
            }
        }

        if (!KeysAreFree(engine, changes))
        {
            return (CommitOutcome.Conflict, false);
        }

        foreach (var ((collection, id), change) in changes)
        {
            Store(engine, collection, id, change);
        }

        return (CommitOutcome.Stored, changes.Count > 0);
    }

    private static bool Decide(LiteEngine engine, Dictionary<(string Collection, string Id), Change> changes, PreparedDocument prepared)
    {
        var place = (prepared.Collection, prepared.Write.Id);
        var touched = changes.TryGetValue(place, out var before);
        var stored = touched ? before.Stored : engine.VersionOf(prepared.Collection, prepared.Write.Id);
        var ruling = prepared.Write.Judge(touched ? before.Document?[Fields.Version].AsInt64 ?? 0 : stored);
        if (ruling == Ruling.Stored)
        {
            changes[place] = new Change(stored, prepared.Document, prepared.UniqueKeys);
        }

        return ruling != Ruling.Refused;
    }

    /// <summary>Unique keys are judged on what the commit makes of things as a whole: one document may give up a key that another takes.</summary>
    private static bool KeysAreFree(LiteEngine engine, Dictionary<(string Collection, string Id), Change> changes)
    {
        var taken = new HashSet<(string Collection, string Field, string Key)>();
        foreach (var ((collection, _), change) in changes)
        {
            if (change.Document is null)
            {
                continue;
            }

            foreach (var (field, key) in change.UniqueKeys)
            {
                if (!taken.Add((collection, field, key))
                    || engine.IdsWith(collection, field, key).Exists(holder => !changes.ContainsKey((collection, holder))))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static void Store(LiteEngine engine, string collection, string id, Change change)
    {
        if (change.Document is null)
        {
            engine.Delete(collection, [new BsonValue(id)]);
        }
        else if (change.Stored == 0)
        {
            engine.Insert(collection, [change.Document], BsonAutoId.ObjectId);
        }
        else
        {
            engine.Update(collection, [change.Document]);
        }
    }

    /// <param name="Stored">The version stored before this commit.</param>
    /// <param name="Document">What the commit makes of it; null when it is gone.</param>
    /// <param name="UniqueKeys">The keys it will hold.</param>
    private readonly record struct Change(long Stored, BsonDocument? Document, IReadOnlyList<(string Field, string Key)> UniqueKeys);
}
