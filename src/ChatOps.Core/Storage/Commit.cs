namespace ChatOps.Core.Storage;

/// <summary>
/// One decision's writes, stored all or none. Usually one changed document and what is new beside it (history, once-only documents, marks
/// for the chat worker). It is refused whole when a document has moved on since it was read or when a unique key is taken.
/// </summary>
public sealed class Commit
{
    private readonly List<Write> _writes = [];

    public IReadOnlyList<Write> Writes => _writes;

    /// <summary>Stores the document, guarded by its version: 0 must not exist yet, n must still be stored at n. It is stored under n + 1.</summary>
    public Commit Put(Document document) => Add(new Write(WriteKind.Guarded, document));

    public Commit Put(IEnumerable<Document> documents)
    {
        foreach (var document in documents)
        {
            Put(document);
        }

        return this;
    }

    /// <summary>Stores a once-only document: if one with its id is there, that one stays and the rest of the commit goes on.</summary>
    public Commit PutOnce(Document document) => Add(new Write(WriteKind.IfAbsent, document));

    /// <summary>Removes a document, whatever its version; one that is gone already is no conflict.</summary>
    public Commit Delete(Document document) => Add(new Write(WriteKind.Delete, document));

    /// <summary>Stores the rest only if the document is still stored at its version (0: is not there); the document itself is left as it is.</summary>
    public Commit Expect(Document document) => Add(new Write(WriteKind.Expected, document));

    private Commit Add(Write write)
    {
        _writes.Add(write);
        return this;
    }
}

public enum WriteKind
{
    Guarded,
    IfAbsent,
    Delete,
    Expected,
}

public readonly record struct Write(WriteKind Kind, Document Document);

public enum CommitOutcome
{
    /// <summary>Stored for good: it survives a kill and a power cut.</summary>
    Stored,

    /// <summary>Nothing was stored: load again and decide again.</summary>
    Conflict,
}
