using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Incidents;

/// <summary>The document that explains an incident: "what happens, which were the reasons and how can we avoid it in the future".</summary>
/// <param name="Id">P-3.</param>
/// <param name="Incident">I-3.</param>
/// <param name="Title">The incident's title when it was begun.</param>
/// <param name="Author">Who began it.</param>
/// <param name="StartedAt">When.</param>
/// <param name="Text">Markdown.</param>
public sealed record Postmortem(string Id, string Incident, string Title, string Author, Instant StartedAt, string Text) : Document(Id), IStored<Postmortem>
{
    /// <summary>The series that its numbers come from.</summary>
    public const string Series = "P";

    /// <summary>The most characters that a text may have; a form holds no more.</summary>
    public const int LongestText = 60_000;

    public static Index<Postmortem> Started { get; } = new("started", postmortem => $"{Keys.At(postmortem.StartedAt)}|{postmortem.Id}");

    /// <summary>One for each incident.</summary>
    public static Index<Postmortem> OfIncident { get; } = new("incident", postmortem => postmortem.Incident, unique: true);

    public static Collection<Postmortem> Collection { get; } = new("postmortems", Started, OfIncident);

    public Instant? PublishedAt { get; init; }

    public string? PublishedBy { get; init; }
}
