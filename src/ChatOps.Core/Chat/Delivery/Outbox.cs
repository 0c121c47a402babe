using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Chat.Delivery;

/// <summary>
/// Says that a document has a version that a platform does not show yet. It is stored with that version and removed with the note of what was shown,
/// so a crash in between means late, never lost.
/// </summary>
public sealed record Mark(string Id, string Platform, string Kind, string Subject, Instant At) : Document(Id), IStored<Mark>
{
    public static Index<Mark> ByPlatform { get; } = new("platform", KeyOf);

    public static Collection<Mark> Collection { get; } = new("marks", ByPlatform);

    /// <inheritdoc cref="IShownInChat.IsUrgent"/>
    public bool IsUrgent { get; init; }

    /// <summary>Marks of a platform in order of time.</summary>
    internal static string KeyOf(Mark mark) => $"{mark.Platform}|{Keys.At(mark.At)}|{mark.Id}";
}

/// <summary>Makes the marks: one for each platform that is on and shows such a thing.</summary>
public sealed class Outbox(IEnumerable<IChatPlatform> platforms)
{
    private readonly IChatPlatform[] _platforms = [.. platforms];

    /// <summary>Two documents may stand on one message: a mark is of one version of one of them, so that neither's hides the other's.</summary>
    internal IEnumerable<Mark> Marks(IShownInChat shown, Document document) =>
        from face in shown.Faces
        from platform in _platforms
        where platform.Shows(face.Kind)
        let whose = face.Id == document.Id ? "" : $"{document.Id}|"
        select new Mark($"{platform.Name}|{face.Kind}|{face.Id}|{whose}{document.Version + 1}", platform.Name, face.Kind, face.Id, shown.ChangedAt) { IsUrgent = shown.IsUrgent };
}
