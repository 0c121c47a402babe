using ChatOps.Core.Chat;
using ChatOps.Core.Storage;

namespace ChatOps.Core.Decisions;

/// <summary>What a pure transition says: the document's next state with what is new beside it, that nothing changes, or a refusal in words for the person who asked.</summary>
public abstract record Decision<T>
    where T : Document
{
    /// <param name="Next">The document as it shall be.</param>
    /// <param name="Beside">Documents that are stored in the same commit: history, announcements, other documents that change with it.</param>
    public sealed record Changed(T Next, params IReadOnlyList<Document> Beside) : Decision<T>;

    public sealed record Kept : Decision<T>;

    public sealed record Refused(Markup Why) : Decision<T>;

    private Decision()
    {
    }
}
