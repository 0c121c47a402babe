using System.Text.Json.Serialization;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.History;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Incidents;

/// <summary>Something that went wrong and that people work on together: it has a card, a timeline, and a post-mortem that is due a week after mitigation.</summary>
/// <param name="Id">I-3.</param>
/// <param name="Title">One line.</param>
/// <param name="Severity">How bad.</param>
/// <param name="StartedAt">When it was declared.</param>
/// <param name="StartedBy">Who declared it.</param>
public sealed record Incident(string Id, string Title, IncidentSeverity Severity, Instant StartedAt, string StartedBy) : Document(Id), IStored<Incident>, IShownInChat, IHasHistory
{
    public const string CardKind = "incident";

    /// <summary>The series that its numbers come from.</summary>
    public const string Series = "I";

    /// <summary>The process: "After the incident is mitigated, within the week, there should be a post-mortem".</summary>
    public static readonly Duration PostmortemWithin = Duration.FromDays(7);

    /// <summary>Those that are not resolved, the oldest first.</summary>
    public static Index<Incident> Open { get; } = new("open", incident => incident.ResolvedAt is null ? $"{Keys.At(incident.StartedAt)}|{incident.Id}" : null);

    public static Index<Incident> Started { get; } = new("started", incident => $"{Keys.At(incident.StartedAt)}|{incident.Id}");

    /// <summary>Those whose post-mortem is due and not published, by when it is due.</summary>
    public static Index<Incident> Owing { get; } = new("owing", incident => incident is { PublishedAt: null, PostmortemDueAt: { } due } ? $"{Keys.At(due)}|{incident.Id}" : null);

    public static Collection<Incident> Collection { get; } = new("incidents", Open, Started, Owing);

    /// <summary>What was known when it was declared.</summary>
    public string? Known { get; init; }

    /// <summary>The alerts that belong to it.</summary>
    public IReadOnlyList<string> Alerts { get; init; } = [];

    public Instant? MitigatedAt { get; init; }

    public string? MitigatedBy { get; init; }

    public Instant? ResolvedAt { get; init; }

    public string? ResolvedBy { get; init; }

    /// <summary>P-3, once it is begun.</summary>
    public string? Postmortem { get; init; }

    /// <summary>When the post-mortem was published.</summary>
    public Instant? PublishedAt { get; init; }

    public required string Channel { get; init; }

    public string Zone { get; init; } = "UTC";

    public int Entries { get; init; }

    public Instant ChangedAt { get; init; }

    [JsonIgnore]
    public Instant? PostmortemDueAt => MitigatedAt + PostmortemWithin;

    [JsonIgnore]
    public Face Card => new(CardKind, Id);

    string IHasHistory.About => $"{Id}: {Title}";

    [JsonIgnore]
    public DateTimeZone TimeZone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? DateTimeZone.Utc;

    IEnumerable<Face> IShownInChat.Faces => [Card];

    bool IShownInChat.IsUrgent => true;
}

/// <summary>How bad an incident is, from low to high.</summary>
public enum IncidentSeverity
{
    Minor,
    Major,
    Critical,
}
