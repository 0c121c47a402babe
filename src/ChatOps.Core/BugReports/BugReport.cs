using System.Text.Json.Serialization;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.History;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>
/// A report of a bug-bounty platform, whichever that is. From its validation on it has a card and a clock; an issue stops the clock, or somebody who says that it is done. What is to be
/// written elsewhere for it stands in <see cref="Effects"/> until it is written.
/// </summary>
/// <param name="Id">R-7.</param>
/// <param name="Source">The source's name, lower case.</param>
/// <param name="ExternalId">The platform's id.</param>
/// <param name="HeardAt">When we first heard of it.</param>
public sealed record BugReport(string Id, string Source, string ExternalId, Instant HeardAt) : Document(Id), IStored<BugReport>, IShownInChat, IHasHistory, IDue
{
    public const string CardKind = "report";

    /// <summary>The series that its numbers come from.</summary>
    public const string Series = "R";

    /// <summary>Whichever way and however often it comes, a report is there once.</summary>
    public static Index<BugReport> Known { get; } = new("known", report => KeyOf(report.Source, report.ExternalId), unique: true);

    /// <summary>Whose clock runs, the most urgent first.</summary>
    public static Index<BugReport> Waiting { get; } = new("waiting", report => report.ClockRuns ? $"{Keys.At(report.Clock!.Due)}|{report.Id}" : null);

    /// <summary>Those that are not closed on their platform, the oldest first.</summary>
    public static Index<BugReport> Open { get; } = new("open", report => report.IsOpen ? $"{Keys.At(report.HeardAt)}|{report.Id}" : null);

    public static Index<BugReport> Heard { get; } = new("heard", report => $"{Keys.At(report.HeardAt)}|{report.Id}");

    public static Index<BugReport> Validated { get; } = new("validated", report => report.ValidatedAt is { } at ? $"{Keys.At(at)}|{report.Id}" : null);

    public static Index<BugReport> Due { get; } = new("due", report => report.DueAt is { } due ? $"{Keys.At(due)}|{report.Id}" : null);

    /// <summary>Those for which something is to be written into their inbox, by when it is tried.</summary>
    public static Index<BugReport> WritingInbox { get; } = new("writing_inbox", report => report.NextFor(tracker: false) is { } next ? $"{Keys.At(next.NextAt)}|{report.Id}" : null);

    /// <summary>Those for which the issue tracker is to do something, by when it is tried.</summary>
    public static Index<BugReport> WritingTracker { get; } = new("writing_tracker", report => report.NextFor(tracker: true) is { } next ? $"{Keys.At(next.NextAt)}|{report.Id}" : null);

    /// <summary>Those whose alert does not say yet whether they are overdue.</summary>
    public static Index<BugReport> Unsettled { get; } = new("unsettled", report => report.IsAlarming != report.AlarmTold ? report.Id : null);

    /// <summary>Those whose issue is looked at, by when it was.</summary>
    public static Index<BugReport> Watched { get; } = new("watched", report => report.Issue is { Gone: false, Elsewhere: false } issue && (report.IsOpen || !issue.Closed) ? $"{Keys.At(issue.LookedAt)}|{report.Id}" : null);

    public static Collection<BugReport> Collection { get; } = new("reports", Known, Waiting, Open, Heard, Validated, Due, WritingInbox, WritingTracker, Unsettled, Watched);

    public required string SourceTitle { get; init; }

    /// <summary>What its platform says.</summary>
    public required ReportFacts Facts { get; init; }

    /// <summary>When it was last validated: a report that came back for more information is validated anew.</summary>
    public Instant? ValidatedAt { get; init; }

    /// <summary>When it was validated for the first time.</summary>
    public Instant? FirstValidatedAt { get; init; }

    /// <summary>When we heard of that: from then on it has come, however late that is.</summary>
    public Instant? CameAt { get; init; }

    public ReportClock? Clock { get; init; }

    public Acknowledgement? Taken { get; init; }

    /// <summary>What stopped the clock.</summary>
    public Handling? Handled { get; init; }

    /// <summary>The swarm that somebody chose for it; null: the table's for its asset.</summary>
    public string? Swarm { get; init; }

    public ReportIssue? Issue { get; init; }

    /// <summary>What stands in the issue that was asked for first. It stays the same for good, so that one whose creation was not heard of is found by whoever asks again.</summary>
    public string? IssueMarker { get; init; }

    /// <summary>The repositories in which creating it was begun and given up: it may be there.</summary>
    public IReadOnlyList<string> BegunIn { get; init; } = [];

    /// <summary>What was paid for it, each time.</summary>
    public IReadOnlyList<Award> Awards { get; init; } = [];

    /// <summary>What is to be written elsewhere, in order for each of the two systems.</summary>
    public IReadOnlyList<ReportEffect> Effects { get; init; } = [];

    /// <summary>The last that could never be written, for whoever wanted it: their words are not lost.</summary>
    public IReadOnlyList<ReportEffect> GivenUp { get; init; } = [];

    /// <summary>What was written into the inbox of late: it comes back as news and is none.</summary>
    public IReadOnlyList<SentComment> Sent { get; init; } = [];

    /// <summary>The last activities that were heard of, by whichever way.</summary>
    public IReadOnlyList<SeenActivity> Activities { get; init; } = [];

    /// <summary>The time of the last activity that is remembered no longer: whatever is not later was heard of.</summary>
    public Instant? ForgottenTo { get; init; }

    /// <summary>It was late already when we began: it stands in lists, and nobody is told before something happens to it.</summary>
    public bool Quiet { get; init; }

    /// <summary>The alert that it is overdue has been raised, and not ended.</summary>
    public bool AlarmTold { get; init; }

    public required string Channel { get; init; }

    public string Zone { get; init; } = "UTC";

    public int Entries { get; init; }

    public Instant ChangedAt { get; init; }

    [JsonIgnore]
    public bool IsOpen => !Facts.State.IsClosed();

    [JsonIgnore]
    public bool ClockRuns => Clock is not null && Handled is null && Facts.State.IsValidated();

    [JsonIgnore]
    public bool IsAlarming => ClockRuns && Clock!.Overdue;

    [JsonIgnore]
    public Instant? DueAt => ClockRuns ? Clock!.NextAt : null;

    string IHasHistory.About => $"{Id}: {Facts.Title}";

    [JsonIgnore]
    public Face Card => new(CardKind, Id);

    [JsonIgnore]
    public DateTimeZone TimeZone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? DateTimeZone.Utc;

    IEnumerable<Face> IShownInChat.Faces => ValidatedAt is null || Quiet ? [] : [Card];

    /// <summary>What one of the two systems is asked for next.</summary>
    public ReportEffect? NextFor(bool tracker) => Effects.FirstOrDefault(effect => effect.IsForTracker == tracker);

    public static string KeyOf(string source, string externalId) => $"{source}|{externalId}";
}

/// <param name="By">Who; the platform's title where it was done there.</param>
/// <param name="At">When.</param>
/// <param name="Why">In words: "issue status-im/status-mobile#12", or the reason.</param>
public sealed record Handling(string By, Instant At, string Why);

/// <summary>The swarm's issue.</summary>
public sealed record ReportIssue(IssueReference Reference, string Url, string Title, bool Closed, Instant LookedAt)
{
    /// <summary>It was deleted: another may take its place.</summary>
    public bool Gone { get; init; }

    /// <summary>It is not where our tracker's issues are, and nobody looks at it.</summary>
    public bool Elsewhere { get; init; }

    /// <summary>Why it cannot be looked at, until somebody mends that.</summary>
    public string? Fault { get; init; }

    [JsonIgnore]
    public string Name => $"{Reference.Repository}#{Reference.Number}";
}

/// <param name="At">When we heard of it; for what was paid before we knew the report: when it was paid.</param>
/// <param name="Amount">How much; less than nothing where the platform took something back.</param>
/// <param name="Currency">As the platform names it.</param>
public sealed record Award(Instant At, decimal Amount, string? Currency);

/// <param name="Id">As in <see cref="ReportActivity"/>.</param>
/// <param name="At">When it happened, where the platform says.</param>
public sealed record SeenActivity(string Id, Instant? At);

/// <param name="Text">What was written.</param>
/// <param name="Internal">For us alone.</param>
/// <param name="At">When it was meant to be written: what comes back is not older.</param>
public sealed record SentComment(string Text, bool Internal, Instant At);
