using ChatOps.Core.Storage;

namespace ChatOps.Storage;

/// <summary>A write as the caller's thread leaves it for the store: serialised, its keys taken, its limits checked.</summary>
/// <param name="Kind">How it is guarded.</param>
/// <param name="Collection">Where it goes.</param>
/// <param name="Id">The document's id.</param>
/// <param name="Version">The version that must be stored now, when guarded or expected.</param>
/// <param name="Json">What to store; null when nothing is.</param>
/// <param name="Keys">Its keys, in the order of the collection's indexes; null where it has none.</param>
/// <param name="Size">Bytes of JSON.</param>
internal sealed record PreparedWrite(WriteKind Kind, Collection Collection, string Id, long Version, string? Json, IReadOnlyList<string?> Keys, int Size)
{
    /// <summary>The version that it is stored under; 0 when it removes the document.</summary>
    public long NextVersion => Kind switch
    {
        WriteKind.Guarded => Version + 1,
        WriteKind.IfAbsent => 1,
        _ => 0,
    };

    /// <summary>What becomes of it.</summary>
    /// <param name="now">The version that its document has where this write's turn comes, earlier writes of the same commit included; 0: it is not there.</param>
    public Ruling Judge(long now) => Kind switch
    {
        WriteKind.Guarded or WriteKind.Expected when now != Version => Ruling.Refused,
        WriteKind.Expected => Ruling.Nothing,
        WriteKind.IfAbsent when now != 0 => Ruling.Nothing,
        WriteKind.Delete when now == 0 => Ruling.Nothing,
        _ => Ruling.Stored,
    };
}

internal enum Ruling
{
    /// <summary>The whole commit is.</summary>
    Refused,

    /// <summary>It changes nothing, and the rest goes on.</summary>
    Nothing,

    Stored,
}
