using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>What people may do with a report. Each gives the next report with its history entry, or a refusal in words.</summary>
internal static class ReportDecisions
{
    /// <summary>It is theirs; the clock runs on.</summary>
    public static Decision<BugReport> Take(this BugReport report, bool tellInbox, Actor by, Instant now)
    {
        if (!report.IsOpen)
        {
            return Over(report);
        }

        if (report.Handled is { } handled)
        {
            return Done(report, handled);
        }

        if (report.Taken is { } taken && taken.By == by.Person)
        {
            return Refuse(Markup.Of($"You have {report.Id} already, since {WallClock.Say(taken.At, report.TimeZone)}."));
        }

        var from = report.Taken is { } other ? Markup.Of($" from {Markup.Mention(other.By)}") : Markup.Empty;
        var (written, entry) = report.Write(by, now, Markup.Of($"**{by.Person}** took it{from}.{report.RunsOn()}"));
        return new Decision<BugReport>.Changed((written with { Taken = new Acknowledgement(by.Person, now) }).Tell(tellInbox, $"{by.Person} has taken this report ({report.Id}).", by, now), entry);
    }

    /// <summary>An issue that is there already, or one to create. The clock stops when it is there.</summary>
    /// <param name="report">Which.</param>
    /// <param name="effect">The issue.</param>
    /// <param name="swarm">Whose it is by the same word; null: nobody said.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">When.</param>
    public static Decision<BugReport> WantIssue(this BugReport report, ReportEffect effect, string? swarm, Actor by, Instant now)
    {
        if (report.Issue is { Gone: false } issue)
        {
            return Refuse(Markup.Of($"{report.Id} has its issue: {Markup.Link($"{issue.Reference.Repository}#{issue.Reference.Number}", issue.Url)}."));
        }

        if (report.Effects.FirstOrDefault(waiting => waiting.Kind is EffectKind.CreateIssue or EffectKind.LinkIssue) is { } waits)
        {
            return Refuse(Markup.Of($"{Markup.Mention(waits.By)} has asked for {waits.Words} already, {WallClock.Say(waits.At, report.TimeZone)}.{(waits.Fault is { } fault ? $" It waits: {fault}" : "")}"));
        }

        if (effect.Kind == EffectKind.CreateIssue && report is { Issue: null, Facts.Reference: { } reference })
        {
            return Refuse(Markup.Of($"{report.Id} has an issue by what {report.SourceTitle} says: {reference}. A second one would be too many; link that one: `/reports issue {report.Id} ADDRESS`."));
        }

        var given = swarm is null ? null : report.Give(swarm, by, now) as Decision<BugReport>.Changed;
        var (written, entry) = (given?.Next ?? report).Write(by, now, Markup.Of($"**{by.Person}** asked for {effect.Words}."));
        return new Decision<BugReport>.Changed((written with { IssueMarker = effect.Draft?.Marker ?? report.IssueMarker }).Wants(effect), [.. given?.Beside ?? [], entry]);
    }

    public static Decision<BugReport> Comment(this BugReport report, string text, bool isInternal, Actor by, Instant now)
    {
        // What a researcher reads stands in the inbox; the thread says that it was written, not what.
        var (written, entry) = report.Write(by, now, Markup.Of($"**{by.Person}** wrote {(isInternal ? "an internal comment" : $"to the researcher{report.Named()}")} into {report.SourceTitle}."));
        return new Decision<BugReport>.Changed(written.Wants(new ReportEffect(EffectKind.Comment, by.Person, now, now) { Text = isInternal ? $"{by.Person}: {text}" : text, Internal = isInternal }), entry);
    }

    /// <summary>Back to the researcher. The clock stands still until it is validated anew.</summary>
    public static Decision<BugReport> AskForMore(this BugReport report, string text, Actor by, Instant now)
    {
        if (!report.IsOpen)
        {
            return Over(report);
        }

        if (report.Facts.State == ReportState.NeedsMoreInfo || report.Effects.Any(effect => effect.State == ReportState.NeedsMoreInfo))
        {
            return Refuse(Markup.Of($"{report.Id} waits for the researcher{report.Named()} already."));
        }

        var (written, entry) = report.Write(by, now, Markup.Of($"**{by.Person}** asked the researcher{report.Named()} for more information."));
        return new Decision<BugReport>.Changed(written.Wants(new ReportEffect(EffectKind.ChangeState, by.Person, now, now) { State = ReportState.NeedsMoreInfo, Text = text }), entry);
    }

    /// <summary>Handled without an issue, for a reason.</summary>
    public static Decision<BugReport> Done(this BugReport report, string reason, bool tellInbox, Actor by, Instant now)
    {
        if (report.Handled is { } handled)
        {
            return Done(report, handled);
        }

        if (!report.IsOpen)
        {
            return Over(report);
        }

        var (written, entry) = report.Write(by, now, Markup.Of($"**{by.Person}** is done with it: {reason}{(reason[^1] is '.' or '!' or '?' or '…' ? "" : ".")}{(report.ClockRuns ? " The clock stops." : "")}"));
        return new Decision<BugReport>.Changed(
            (written with { Handled = new Handling(by.Person, now, reason.TrimEnd('.')) }).Tell(tellInbox, $"{by.Person} is done with this report ({report.Id}): {reason}", by, now), entry);
    }

    public static Decision<BugReport> Give(this BugReport report, string swarm, Actor by, Instant now)
    {
        if (string.Equals(report.Swarm, swarm, StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(Markup.Of($"{report.Id} belongs to {swarm} already."));
        }

        var (written, entry) = report.Write(by, now, Markup.Of($"**{by.Person}** gave it to the swarm {swarm}."));
        return new Decision<BugReport>.Changed(written with { Swarm = swarm }, entry);
    }

    public static Markup Missing(string id) => Markup.Of($"There is no report {id}. `/reports list` shows those that wait.");

    private static BugReport Tell(this BugReport report, bool tellInbox, string text, Actor by, Instant now) =>
        tellInbox ? report.Wants(new ReportEffect(EffectKind.Comment, by.Person, now, now) { Text = text, Internal = true }) : report;

    private static string RunsOn(this BugReport report) => report is { ClockRuns: true, Clock: { } clock } ? $" The clock runs on: {(clock.Overdue ? "overdue since" : "due")} {WallClock.Say(clock.Due, report.TimeZone)}." : "";

    private static string Named(this BugReport report) => report.Facts.Reporter is { } name ? $" {name}" : "";

    private static Decision<BugReport>.Refused Over(BugReport report) =>
        Refuse(Markup.Of($"{report.Id} is closed in {report.SourceTitle}: {report.Facts.State.Say()}. Open it again there if there is more to do."));

    private static Decision<BugReport>.Refused Done(BugReport report, Handling handled) =>
        Refuse(Markup.Of($"{report.Id} is handled: {Markup.Mention(handled.By)}, {WallClock.Say(handled.At, report.TimeZone)}: {handled.Why}."));

    private static Decision<BugReport>.Refused Refuse(Markup why) => new(why);
}
