using ChatOps.Core.Storage;

namespace ChatOps.Storage.Postgres;

/// <summary>What a commit comes to, given the versions that are stored: the last state of each document that it changes.</summary>
/// <param name="stored">The versions of those that are there.</param>
internal sealed class Decision(IReadOnlyDictionary<Place, long> stored)
{
    private readonly Dictionary<Place, PreparedWrite> _last = [];
    private readonly HashSet<Place> _expectedAbsent = [];

    /// <summary>Nothing changes, and nothing has to be held.</summary>
    public bool IsEmpty => _last.Count == 0 && _expectedAbsent.Count == 0;

    /// <summary>The changes of each collection by id, in the order that all commits go by.</summary>
    public IEnumerable<IGrouping<Collection, Change>> Changes => _last
        .Select(last => new Change(last.Key, Stored(last.Key), last.Value.Json is null ? null : last.Value))
        .Where(change => change.Stored != 0 || change.Write is not null)
        .Concat(_expectedAbsent.Where(place => !_last.ContainsKey(place)).Select(place => new Change(place, 0, null)))
        .OrderBy(change => change.Place.Collection.Name, StringComparer.Ordinal).ThenBy(change => change.Place.Id, StringComparer.Ordinal)
        .GroupBy(change => change.Place.Collection);

    /// <summary>Adds the next write of the commit; false when it is refused.</summary>
    public bool Take(PreparedWrite write)
    {
        var place = new Place(write.Collection, write.Id);
        var ruling = write.Judge(_last.TryGetValue(place, out var before) ? before.NextVersion : Stored(place));
        if (ruling == Ruling.Stored)
        {
            _last[place] = write;
        }
        else if (ruling == Ruling.Nothing && write.Kind == WriteKind.Expected && Stored(place) == 0)
        {
            _expectedAbsent.Add(place);
        }

        return ruling != Ruling.Refused;
    }

    private long Stored(Place place) => stored.GetValueOrDefault(place);

    /// <param name="Place">Which document.</param>
    /// <param name="Stored">The version that is stored; 0: it is not there.</param>
    /// <param name="Write">What it becomes; null: it goes, or, when it is not there, has to stay away until the commit is done.</param>
    internal readonly record struct Change(Place Place, long Stored, PreparedWrite? Write);
}
