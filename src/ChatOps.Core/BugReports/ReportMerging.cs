using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>
/// What news makes of a report, however it comes: by webhook, by asking, by both, late or twice. Older news than what is known adds its activities and nothing else; nothing that comes
/// in is ever written back.
/// </summary>
internal static class ReportMerging
{
    private const int MostActivities = 200;

    /// <param name="fresh">The report with nothing but its facts.</param>
    /// <param name="news">The first that is heard of it.</param>
    /// <param name="onCall">Who is told.</param>
    /// <param name="clocks">How long it may wait.</param>
    /// <param name="began">When we began to hear of its source.</param>
    /// <param name="now">When.</param>
    public static Decision<BugReport>.Changed Open(BugReport fresh, ReportNews news, IReadOnlyList<string> onCall, ClockRules clocks, Instant began, Instant now)
    {
        var heard = news.Activities.Aggregate(fresh, Remember) with { ChangedAt = now, Awards = Awarded(fresh, 0, fresh.Facts, fresh.Facts.RewardedAt ?? fresh.Facts.UpdatedAt ?? now) };
        if (!heard.Facts.State.IsValidated())
        {
            return new(heard);
        }

        var by = new Actor(heard.SourceTitle, heard.SourceTitle);
        var started = Validate(heard, null, news, clocks, now);
        var linked = started.Handled is not null;

        if (started.ValidatedAt < began && (linked || started.Clock!.Due <= now))
        {
            // What was late before we began is nobody's fault tonight.
            return new(started with { Quiet = true, AlarmTold = !linked, Clock = started.Clock! with { Overdue = !linked } });
        }

        var (written, entry) = started.Write(by, now, ValidatedWords(started, onCall, now));
        return new(written, entry);
    }

    public static Decision<BugReport> Apply(this BugReport report, ReportNews news, IReadOnlyList<string> onCall, ClockRules clocks, Instant now)
    {
        var by = new Actor(report.SourceTitle, report.SourceTitle);
        var next = report;
        var beside = new List<Document>();
        void Say(Markup what, bool aloud = false)
        {
            var (written, entry) = next.Write(by, now, what);
            next = written;
            beside.Add(entry with { Aloud = aloud });
        }

        foreach (var activity in news.Activities.Where(activity => !Knows(report, activity)).DistinctBy(activity => activity.Id))
        {
            next = Remember(next, activity);
            if (activity.Comment is { } text && next.ValidatedAt is not null && (activity.At is not { } at || at >= next.HeardAt) && !IsEcho(report, text, activity))
            {
                Say(Markup.Of($"{activity.By ?? "Somebody"} wrote {(activity.Internal ? "an internal comment" : "a comment")} in {report.SourceTitle}."));
            }
        }

        if (FactsMerging.IsLate(report.Facts, news.Facts))
        {
            return Finish(report, next, beside, now);
        }

        var before = report.Facts;
        var facts = FactsMerging.Merge(before, news.Facts);
        next = next with { Facts = facts, Awards = Awarded(next, before.Bounty ?? 0, facts, now) };
        if (next.ValidatedAt is null ? facts.State.IsValidated() : !before.State.IsValidated() && facts.State.IsValidated())
        {
            var again = next.ValidatedAt is not null;
            next = Validate(next with { Handled = next.Issue is { Closed: false, Gone: false } || next is { Issue: null, Facts.Reference: not null } ? next.Handled : null }, before, news, clocks, now);
            Say((again ? Markup.Of($"It is {facts.Stands} again. ") : Markup.Empty) + ValidatedWords(next, onCall, now), aloud: again);
        }
        else if ((facts.State, facts.OwnWord) != (before.State, before.OwnWord) && next.ValidatedAt is not null)
        {
            Say(Markup.Of($"{report.SourceTitle} says: {facts.Stands}.{(facts.State == ReportState.NeedsMoreInfo ? " The clock stands still until it is validated anew." : facts.State.IsClosed() && report.ClockRuns ? " The clock stops." : "")}"));
        }

        if (next.ValidatedAt is not null)
        {
            if (facts.Severity != before.Severity && next.Clock is { } clock)
            {
                var anew = clocks.Start(clock.From, facts.Severity);
                // With more time it is no longer overdue; with less, what is over by now is said once.
                next = next with { Clock = anew with { Overdue = clock.Overdue && anew.Due <= now, Reminded = anew.Reminders.Count(reminder => reminder <= now) } };
                Say(Markup.Of($"Severity changed from {before.Severity.Say()} to {facts.Severity.Say()}.{(next.ClockRuns && next.Clock!.Due != clock.Due ? $" It is due {WallClock.Say(next.Clock.Due, next.TimeZone)} now." : "")}"));
            }

            if (facts.Bounty is > 0 and { } bounty && bounty != before.Bounty)
            {
                Say(Markup.Of($"A bounty of {$"{BugReportSettings.Say(bounty)} {facts.Currency}".TrimEnd()} was awarded."));
            }

            if (facts.Assignee is { } assignee && assignee != before.Assignee)
            {
                Say(Markup.Of($"It is assigned to {assignee} in {report.SourceTitle}."));
            }

            if (facts.Reference is { } reference && reference != before.Reference && next is { Issue: null, Handled: null })
            {
                Say(Markup.Of($"It has the reference {reference} in {report.SourceTitle} now.{(next.ClockRuns ? " The clock stops." : "")}"));
                next = Refer(next, now);
            }
        }

        return Finish(report, next, beside, now);
    }

    private static bool Knows(BugReport report, ReportActivity activity) => activity.At <= report.ForgottenTo || report.Activities.Any(seen => seen.Id == activity.Id);

    /// <summary>Of more than are kept the oldest are forgotten, and up to when.</summary>
    private static BugReport Remember(BugReport report, ReportActivity activity)
    {
        var all = report.Activities.Append(new SeenActivity(activity.Id, activity.At)).ToList();
        if (all.Count <= MostActivities)
        {
            return report with { Activities = all };
        }

        var oldest = all.MinBy(seen => seen.At ?? Instant.MinValue)!;
        return report with { Activities = [.. all.Where(seen => seen != oldest)], ForgottenTo = oldest.At > report.ForgottenTo || report.ForgottenTo is null ? oldest.At : report.ForgottenTo };
    }

    private static Decision<BugReport> Finish(BugReport before, BugReport next, List<Document> beside, Instant now)
    {
        var same = beside.Count == 0 && next.Activities.SequenceEqual(before.Activities) && next.Facts == before.Facts;
        return same ? new Decision<BugReport>.Kept() : new Decision<BugReport>.Changed(next with { ChangedAt = now }, beside);
    }

    /// <summary>From when it is validated: a time that the platform still says of an earlier validation does not count, and one that was opened again counts from then.</summary>
    private static BugReport Validate(BugReport report, ReportFacts? before, ReportNews news, ClockRules clocks, Instant now)
    {
        var triaged = report.Facts.TriagedAt is { } time && !(time <= report.ValidatedAt) && !(time < before?.UpdatedAt) ? time : (Instant?)null;
        var reopened = news.Activities.Where(activity => activity.Reopens).Max(activity => activity.At);
        var updated = report.Facts.UpdatedAt is { } last && !(last <= report.ValidatedAt) ? last : now;
        var at = Instant.Min(reopened is { } again && !(triaged > again) ? again : triaged ?? updated, now);
        return Refer(report with { Quiet = false, AlarmTold = report.AlarmTold && !report.Quiet, ValidatedAt = at, FirstValidatedAt = report.FirstValidatedAt ?? at, CameAt = report.CameAt ?? now, Clock = clocks.Start(at, report.Facts.Severity) }, now);
    }

    /// <summary>An issue that the platform knows of handles it, and is looked at like one of ours where its address says where it is.</summary>
    private static BugReport Refer(BugReport report, Instant now)
    {
        if (report is not { Issue: null, Facts: { Reference: { } reference } facts })
        {
            return report;
        }

        var address = IssueAddress.Read(facts.IssueUrl) ?? IssueAddress.Read(facts.IssueReference);
        return report with
        {
            Issue = address is null ? null : new ReportIssue(address.Reference, address.Url.AbsoluteUri, "", Closed: false, NodaConstants.UnixEpoch),
            Handled = report.Handled ?? new Handling(report.SourceTitle, now, $"it has the reference {reference} there"),
        };
    }

    private static Markup ValidatedWords(BugReport report, IReadOnlyList<string> onCall, Instant now)
    {
        var at = WallClock.Say(report.ValidatedAt!.Value, report.TimeZone, now);
        var told = onCall.Count > 0 ? Markup.Of($"{Markup.Join(", ", onCall.Select(Markup.Mention))}: validated {at}.") : Markup.Of($"Validated {at}. Nobody is on call, so nobody was told by name.");
        return report.Handled is { } handled ? Markup.Of($"Validated {at}; {handled.Why}, so its clock does not run.")
            : told + Markup.Of($" Create its swarm's issue, or press Done with a reason, by {WallClock.Say(report.Clock!.Due, report.TimeZone, now)}.");
    }

    /// <summary>What we have just written comes back.</summary>
    private static bool IsEcho(BugReport report, string text, ReportActivity activity) => report.Sent.Any(
        sent => sent.Text.Trim() == text.Trim() && sent.Internal == activity.Internal && !(activity.At + Duration.FromMinutes(5) < sent.At));

    /// <summary>Platforms say what was paid in all: what is more than before was paid now.</summary>
    private static IReadOnlyList<Award> Awarded(BugReport report, decimal before, ReportFacts facts, Instant at) =>
        facts.Bounty is { } all && all != before ? [.. report.Awards, new Award(at, all - before, facts.Currency)] : report.Awards;
}
