using LiteDB;
using LiteDB.Engine;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// The series of numbers that people see. Drawn in memory and written with the next batch: a number can only be in a stored document if
/// the document's own commit, or one before it, has stored a counter at least as high.
/// </summary>
internal sealed class Counters
{
    public const string Collection = "counters";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unsaved = new(StringComparer.Ordinal);

    public long Next(string series)
    {
        lock (_lock)
        {
            var next = _last.GetValueOrDefault(series) + 1;
            _last[series] = next;
            _unsaved.Add(series);
            return next;
        }
    }

    public void Load(LiteEngine engine)
    {
        lock (_lock)
        {
            foreach (var counter in engine.All(Collection))
            {
                _last[counter["_id"].AsString] = counter["last"].AsInt64;
            }
        }
    }

    /// <summary>Writes what changed into the running transaction and says what it wrote, for <see cref="Unsaved"/> should the transaction fail.</summary>
    public IReadOnlyList<string> Save(LiteEngine engine)
    {
        BsonDocument[] changed;
        lock (_lock)
        {
            if (_unsaved.Count == 0)
            {
                return [];
            }

            changed = [.. _unsaved.Select(series => new BsonDocument { ["_id"] = series, ["last"] = _last[series] })];
            _unsaved.Clear();
        }

        string[] names = [.. changed.Select(counter => counter["_id"].AsString)];
        try
        {
            engine.Upsert(Collection, changed, BsonAutoId.ObjectId);
            return names;
        }
        catch
        {
            Unsaved(names);
            throw;
        }
    }

    public void Unsaved(IEnumerable<string> series)
    {
        lock (_lock)
        {
            _unsaved.UnionWith(series);
        }
    }
}
