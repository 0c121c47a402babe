using ChatOps.Core.Alerts.Commands;
using ChatOps.Core.BugReports.Commands;
using ChatOps.Core.Chat;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>How a report looks in chat.</summary>
internal static class ReportCard
{
    /// <param name="report">Which.</param>
    /// <param name="swarm">Whose it is by the table; null: nobody knows.</param>
    /// <param name="settings">What the programme promises, and what may be shown.</param>
    /// <param name="hasInbox">Whether anything can be written into the platform's inbox.</param>
    public static Card Draw(BugReport report, Swarm? swarm, BugReportSettings settings, bool hasInbox) => new(report.Facts.Title, StateOf(report))
    {
        Text = settings.ShowDetails ? Markup.Plain(report.Facts.Details) : Markup.Empty,
        Fields = [.. Fields(report, swarm, settings.Targets).Where(field => !field.Value.IsEmpty)],
        Buttons = [.. Buttons(report, hasInbox)],
        Context = Markup.Of($"{report.Id} · {report.SourceTitle} {report.ExternalId}"),
    };

    public static CardState StateOf(BugReport report) => report switch
    {
        { IsOpen: false } => CardState.Closed,
        { IsAlarming: true } => CardState.Firing,
        { Handled: not null, Issue: null or { Closed: true } } => CardState.Closed,
        { Handled: not null } => CardState.Mitigated,
        { Taken: not null } => CardState.Acknowledged,
        _ => CardState.Open,
    };

    /// <summary>One line for a list: what waits until when, and who has it.</summary>
    public static Markup Line(BugReport report, Instant now) => Markup.Of(
        $"**{report.Id}** {Standing(report, now)} · {Severity(report.Facts)} · {report.Facts.Title} · ") + Holder(report);

    /// <summary>Where it stands, in a few words.</summary>
    public static string Standing(BugReport report, Instant now) => report switch
    {
        { IsOpen: false } => report.Facts.State.Say(),
        { Handled: not null } => "handled",
        { ClockRuns: true, Clock: { } clock } when clock.Due <= now => $"overdue since {WallClock.Say(clock.Due, report.TimeZone, now)}",
        { ClockRuns: true, Clock: { } clock } => $"due {WallClock.Say(clock.Due, report.TimeZone, now)}",
        { Facts.State: ReportState.NeedsMoreInfo } => "waits for the researcher",
        _ => "not validated yet",
    };

    private static Markup Holder(BugReport report) => report switch
    {
        { Issue: { } issue } => IssueWords(issue),
        { Handled: { } handled } => Markup.Of($"{handled.By}: {handled.Why}"),
        { Taken: { } taken } => Markup.Of($"{Markup.Mention(taken.By)} has it"),
        { ClockRuns: true } => Markup.Of($"nobody has it"),
        _ => Markup.Of($"{report.SourceTitle} {report.ExternalId}"),
    };

    private static IEnumerable<Button> Buttons(BugReport report, bool hasInbox)
    {
        if (!report.IsOpen)
        {
            yield break;
        }

        if (report.Taken is null && report.Handled is null)
        {
            yield return new(TakeReportCommand.Action, "Take", report.Id, ButtonStyle.Primary);
        }

        if (report.Issue is null or { Gone: true } && !report.Effects.Any(effect => effect.Kind is EffectKind.CreateIssue or EffectKind.LinkIssue))
        {
            yield return new(CreateIssueCommand.Action, "Create issue", report.Id);
        }

        if (hasInbox)
        {
            yield return new(CommentReportCommand.Action, "Comment", report.Id);
            if (report.Facts.State.IsValidated())
            {
                yield return new(AskForMoreCommand.Action, "Need more info", report.Id);
            }
        }

        if (report.Handled is null)
        {
            yield return new(DoneReportCommand.Action, "Done", report.Id);
        }

        yield return new(HistoryCommand.Action, "History", report.Id);
    }

    private static IEnumerable<CardField> Fields(BugReport report, Swarm? swarm, ReportTargets targets)
    {
        var facts = report.Facts;
        yield return new("Severity", Markup.Plain(Severity(facts)));
        yield return new("Weakness", Markup.Plain(facts.Weakness));
        yield return new("Asset", Markup.Plain(facts.Asset));
        yield return new("Swarm", Markup.Plain(report.Swarm ?? swarm?.Name));
        yield return new("Reporter", Markup.Plain(facts.Reporter));
        yield return new("State", Markup.Of($"{facts.Stands}{(facts.Assignee is { } assignee ? $", assigned to {assignee}" : "")}"));
        yield return new("Inbox", facts.Url is { } url ? Markup.Link(url, url) : Markup.Empty);
        yield return new("Validated", report.ValidatedAt is { } at ? Markup.Plain(WallClock.Say(at, report.TimeZone, report.ChangedAt)) : Markup.Empty);
        yield return new("Due", Due(report));
        yield return new("Taken", report.Taken is { } taken ? Markup.Of($"by {Markup.Mention(taken.By)}, {WallClock.Say(taken.At, report.TimeZone)}") : Markup.Empty);
        yield return new("Issue", report.Issue is { } issue ? IssueWords(issue) : Markup.Empty);
        yield return new("Handled", report is { Handled: { } handled, Issue: null } ? Markup.Of($"{handled.By}, {WallClock.Say(handled.At, report.TimeZone)}: {handled.Why}") : Markup.Empty);
        yield return new("Waits", Waits(report));
        yield return new("Bounty", facts.Bounty is > 0 and { } bounty ? Markup.Plain($"{BugReportSettings.Say(bounty)} {facts.Currency}".TrimEnd()) : Markup.Empty);
        yield return new("Programme's targets", report.IsOpen ? Markup.Join("; ", targets.Of(report).Where(target => target.MetAt is null || target.IsMissed).Select(target => Target(report, target))) : Markup.Empty);
    }

    /// <summary>What is not written yet, once a system has not taken something; what comes behind that waits with it.</summary>
    private static Markup Waits(BugReport report) => Markup.Lines(report.Effects
        .Where(effect => report.NextFor(effect.IsForTracker)?.Fault is not null)
        .Select(effect => effect.Fault is { } fault ? Markup.Of($"{effect.Words}: {fault}") : Markup.Of($"{effect.Words}, behind that")));

    private static Markup Due(BugReport report) => report switch
    {
        { ClockRuns: true, Clock: { } clock } => Markup.Of($"{(clock.Overdue ? Markup.Of($"**overdue** since ") : Markup.Empty)}{WallClock.Say(clock.Due, report.TimeZone, report.ChangedAt)}: an issue, or Done with a reason"),
        { IsOpen: true, Facts.State: ReportState.NeedsMoreInfo } => Markup.Of($"the clock stands still: it waits for the researcher"),
        _ => Markup.Empty,
    };

    private static Markup Target(BugReport report, ReportTarget target)
    {
        var due = WallClock.Say(target.Due, report.TimeZone, report.ChangedAt);
        return target.MetAt is { } met ? Markup.Of($"{target.Name} was due {due}, met {WallClock.Say(met, report.TimeZone, report.ChangedAt)}")
            : target.Due < report.ChangedAt ? Markup.Of($"{target.Name} was due {due}")
            : Markup.Of($"{target.Name} by {due}");
    }

    private static Markup IssueWords(ReportIssue issue) => Markup.Link(issue.Name, issue.Url) + (issue.Gone ? Markup.Of($", deleted") : issue.Closed ? Markup.Of($", closed") : Markup.Empty);

    private static string Severity(ReportFacts facts) => $"{facts.Severity.Say()}{(facts.Score is { } score ? $", CVSS {BugReportSettings.Say(score)}" : "")}";
}
