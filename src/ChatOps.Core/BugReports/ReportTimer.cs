using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>What a report's clock says when its time comes. The times are in the document: a restart changes nothing.</summary>
internal static class ReportTimer
{
    private static readonly Actor Clock = new("ChatOps", "clock");

    /// <param name="report">Any report: one that is not due stays as it is.</param>
    /// <param name="onCall">Who is told while nobody has it.</param>
    /// <param name="now">When.</param>
    public static Decision<BugReport> RunDue(this BugReport report, IReadOnlyList<string> onCall, Instant now)
    {
        if (report.DueAt is not { } at || at > now || report.Clock is not { } clock)
        {
            return new Decision<BugReport>.Kept();
        }

        if (now >= clock.Due)
        {
            var (late, told) = report.Write(Clock, now, Markup.Of(
                $"{Whom(report, onCall)}{report.Id} is overdue: it was to be handled by {WallClock.Say(clock.Due, report.TimeZone)}, and it has neither an issue nor a reason why it needs none. I tell people as for an alert now."));
            return new Decision<BugReport>.Changed(late with { Clock = clock with { Overdue = true, Reminded = clock.Reminders.Count } }, told with { Aloud = true });
        }

        // After a time without the program several may be over: one is said.
        var over = clock.Reminders.Count(reminder => reminder <= now);
        var waits = Markup.Join("", report.Effects.Where(effect => effect.Fault is not null).Select(effect => Markup.Of($" Still to be written: {effect.Words}. {effect.Fault}")));
        var (reminded, entry) = report.Write(Clock, now, Markup.Of(
            $"{Whom(report, onCall)}{Left(clock.Due - now)} left for {report.Id}: create its issue or press Done with a reason by {WallClock.Say(clock.Due, report.TimeZone)}.") + waits);
        return new Decision<BugReport>.Changed(reminded with { Clock = clock with { Reminded = over } }, entry with { Aloud = true });
    }

    /// <summary>A reminder comes a moment late: 12 h, and not 11 h 59 min.</summary>
    private static string Left(Duration span) => WallClock.SaySpan(Duration.FromMinutes(Math.Max(1, Math.Round(span.TotalMinutes))));

    private static Markup Whom(BugReport report, IReadOnlyList<string> onCall)
    {
        var people = report.Taken is { } taken ? [taken.By] : onCall;
        return people.Count == 0 ? Markup.Empty : Markup.Of($"{Markup.Join(", ", people.Select(Markup.Mention))}: ");
    }
}
