using ChatOps.Core.Storage;

namespace ChatOps.Core.Contracts.Watching;

/// <summary>What chat says of a watched thing: one that was added there, or one of the settings that was removed.</summary>
/// <param name="Id">Chain and address.</param>
/// <param name="Thing">As it is to be watched.</param>
/// <param name="IsRemoved">It is not watched, whatever the settings say.</param>
public sealed record WatchEntry(string Id, WatchedThing Thing, bool IsRemoved) : Document(Id), IStored<WatchEntry>
{
    public static Collection<WatchEntry> Collection { get; } = new("watched");
}
