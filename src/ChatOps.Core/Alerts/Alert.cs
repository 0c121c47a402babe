using System.Text.Json.Serialization;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.History;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>
/// What people act on: a group of episodes of one source, route and group key. It owns the acknowledgement, the escalation's timer and the card; the
/// episodes only point at it. What may happen to it is in AlertDecisions, AlertEscalation, AlertSnoozing and AlertSilencing.
/// </summary>
/// <param name="Id">A-12.</param>
/// <param name="Source">The source's name.</param>
/// <param name="Key">Source, route and the source's group key; only one alert with it is open.</param>
/// <param name="Route">Where it went when it opened.</param>
/// <param name="OpenedAt">When it was first heard of.</param>
public sealed record Alert(string Id, string Source, string Key, AlertRoute Route, Instant OpenedAt) : Document(Id), IStored<Alert>, IShownInChat, IHasHistory, IDue
{
    public const string CardKind = "alert";

    /// <summary>The series that its numbers come from.</summary>
    public const string Series = "A";

    public static Index<Alert> Open { get; } = new("open", alert => alert.IsOpen ? alert.Key : null, unique: true);

    /// <summary>Open alerts by when they opened.</summary>
    public static Index<Alert> OpenSince { get; } = new("open_since", alert => alert.IsOpen ? $"{Keys.At(alert.OpenedAt)}|{alert.Id}" : null);

    public static Index<Alert> Opened { get; } = new("opened", alert => $"{Keys.At(alert.OpenedAt)}|{alert.Id}");

    public static Index<Alert> Due { get; } = new("due", alert => alert.DueAt is { } due ? $"{Keys.At(due)}|{alert.Id}" : null);

    /// <summary>What retention comes for, by when it was resolved: alerts of no incident whose bulk is still there.</summary>
    public static Index<Alert> Condensable { get; } = new(
        "condensable", alert => alert is { Resolution: { } over, Incident: null, Condensed: null or { Done: false } } ? $"{Keys.At(over.At)}|{alert.Id}" : null);

    /// <summary>Those that are about a document with a card of its own, by that one's id: see <see cref="AboutKeys"/>.</summary>
    public static Index<Alert> OfSubject { get; } = new("subject", alert => alert.About is { } about ? $"{about.Id}|{Keys.At(alert.OpenedAt)}|{alert.Id}" : null);

    public static Collection<Alert> Collection { get; } = new("alerts", Open, OpenSince, Opened, Due, Condensable, OfSubject);

    /// <summary>What it is about, where that has a card of its own: the alert then has none, it stands on that card.</summary>
    public AlertSubject? About { get; init; }

    /// <summary>What the monitoring says.</summary>
    public required AlertFacts Facts { get; init; }

    /// <summary>Episodes that are firing now.</summary>
    public int Firing { get; init; }

    /// <summary>Episodes that are back to normal.</summary>
    public int Normal { get; init; }

    /// <summary>The first few firing episodes, for the card.</summary>
    public IReadOnlyList<EpisodeLine> Sample { get; init; } = [];

    public Acknowledgement? Acknowledgement { get; init; }

    public Resolution? Resolution { get; init; }

    /// <summary>Its timer sleeps; its state stays.</summary>
    public Quiet? Snoozed { get; init; }

    /// <summary>Its group is silenced: what the group's <see cref="Silence"/> says, while this alert is open.</summary>
    public Quiet? Silenced { get; init; }

    /// <summary>Who last woke it or lifted its silence by hand.</summary>
    public Acknowledgement? Roused { get; init; }

    public Escalation Escalation { get; init; } = new();

    /// <summary>The zone in which its times are said: the rotation's.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>The incident that it belongs to: I-3.</summary>
    public string? Incident { get; init; }

    /// <summary>Channels that a policy's step has called; the card stands there too.</summary>
    public IReadOnlyList<string> Called { get; init; } = [];

    /// <summary>How often the pager was told. Each time is a page of its own: one that somebody has acknowledged there would not ring again.</summary>
    public int Pages { get; init; }

    /// <summary>Its bulk is gone because it is old, or going; null: it is whole.</summary>
    public Condensation? Condensed { get; init; }

    /// <summary>How many entries its history has.</summary>
    public int Entries { get; init; }

    /// <summary>When the history last spoke of episodes that came or went; it does so at most once a minute.</summary>
    public Instant? ChangesNotedAt { get; init; }

    public Instant ChangedAt { get; init; }

    [JsonIgnore]
    public bool IsOpen => Resolution is null;

    [JsonIgnore]
    public Instant? DueAt => IsOpen ? Escalation.DueAt : null;

    [JsonIgnore]
    public DateTimeZone TimeZone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? DateTimeZone.Utc;

    [JsonIgnore]
    public Face Card => About?.Card ?? new(CardKind, Id);

    string IHasHistory.About => $"{Id}: {Facts.Title}";

    string IHasHistory.Channel => About?.Channel ?? Route.Channel;

    /// <summary>The alerts about T-5, the oldest first.</summary>
    public static Keys AboutKeys(string subject) => Keys.Prefix(subject + "|");

    // What was condensed stands in chat no more, so that nothing that still happens to it is posted there anew.
    IEnumerable<Face> IShownInChat.Faces => Condensed is not null ? [] : [Card, .. Called.Select(channel => AlertCalls.FaceOf(Id, channel)), .. AlertPages.FacesOf(this)];

    bool IShownInChat.IsUrgent => true;
}

/// <summary>A document that people are told of by an alert and that has a card of its own, such as a transaction: its card shows the alert too.</summary>
/// <param name="Id">T-5.</param>
/// <param name="Card">Its card.</param>
/// <param name="Channel">Where that stands.</param>
public sealed record AlertSubject(string Id, Face Card, string Channel);

/// <summary>What the monitoring says about the group, as the card shows it. Lengths are cut when it is made.</summary>
public sealed record AlertFacts(string Title, Severity Severity)
{
    public string? Summary { get; init; }

    public string? Description { get; init; }

    /// <summary>What tells people apart from the name: the labels that all episodes share.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<AlertLink> Links { get; init; } = [];

    public string SourceTitle { get; init; } = "";

    public string? Receiver { get; init; }

    /// <summary>How many alerts of the group the source left out.</summary>
    public int Truncated { get; init; }
}

public sealed record AlertLink(string Name, string Url);

public sealed record EpisodeLine(string Name, string? Summary, Instant Since);

public sealed record Acknowledgement(string By, Instant At);

/// <param name="At">Since when.</param>
/// <param name="Done">False while there is more to remove than went into one commit.</param>
public sealed record Condensation(Instant At, bool Done);

/// <param name="By">Who; null: the source says that it is back to normal.</param>
/// <param name="At">When.</param>
public sealed record Resolution(string? By, Instant At);

/// <summary>How far the telling has come.</summary>
public sealed record Escalation
{
    /// <summary>Which time through the steps: 0 is the first.</summary>
    public int Round { get; init; }

    /// <summary>The index of the step that is told next.</summary>
    public int Next { get; init; }

    /// <summary>When something is to be done: the next step, the reminder of an acknowledgement, or the end of a snooze or silence; null: nothing any more.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>When it was due before it was snoozed.</summary>
    public Instant? HeldAt { get; init; }

    /// <summary>Who was on call when somebody was last told.</summary>
    public IReadOnlyList<string> OnCall { get; init; } = [];

    /// <summary>Who was told last.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    public Instant? ToldAt { get; init; }

    /// <summary>Who last escalated it by hand.</summary>
    public Acknowledgement? ByHand { get; init; }

    /// <summary>Who was told, in words.</summary>
    [JsonIgnore]
    internal Markup ToldWords => Told.Count > 0 ? Markup.Of($"told {Markup.Join(", ", Told.Select(Markup.Mention))}") : Markup.Of($"nobody told by name");

    /// <summary>The words for what comes next: "everyone in core".</summary>
    public string? ThenWords { get; init; }

    /// <summary>When the owner of the acknowledgement was reminded.</summary>
    public Instant? RemindedAt { get; init; }
}
