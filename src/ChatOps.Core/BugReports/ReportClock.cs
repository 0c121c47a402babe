using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>When a report is to be handled, and when people are reminded of it. All of it is fixed when the clock starts: settings that change later do not move it.</summary>
/// <param name="From">When it was validated; for one that was late before we began: when something happened to it.</param>
/// <param name="Due">When it is overdue.</param>
/// <param name="Reminders">Before that, in order.</param>
public sealed record ReportClock(Instant From, Instant Due, IReadOnlyList<Instant> Reminders)
{
    /// <summary>How many reminders are over.</summary>
    public int Reminded { get; init; }

    /// <summary>It was said that it is overdue.</summary>
    public bool Overdue { get; init; }

    /// <summary>As long once more, from another moment.</summary>
    public ReportClock Anew(Instant from) => new(from, Due + (from - From), [.. Reminders.Select(reminder => reminder + (from - From))]);

    /// <summary>When something is to be said next.</summary>
    public Instant? NextAt => Overdue ? null : Reminded < Reminders.Count ? Reminders[Reminded] : Due;
}

/// <summary>The settings <c>BugReports:Clock</c>: how long a report may wait from its validation until it is handled.</summary>
/// <param name="Otherwise">The process: "when received, within 24 hours".</param>
/// <param name="BySeverity">Others for some severities.</param>
/// <param name="Business">Counts only in these hours; null: on the wall clock.</param>
public sealed record ClockRules(Duration Otherwise, IReadOnlyDictionary<ReportSeverity, Duration> BySeverity, WorkingTime? Business)
{
    private static readonly Duration LastCall = Duration.FromHours(1);

    public ReportClock Start(Instant validated, ReportSeverity severity)
    {
        var span = BySeverity.TryGetValue(severity, out var special) ? special : Otherwise;
        Duration[] reminders = [span / 2, span * 3 / 4, span - LastCall];
        return new(validated, After(validated, span), [.. reminders.Where(wait => wait > Duration.Zero).Distinct().Order().Select(wait => After(validated, wait))]);
    }

    private Instant After(Instant from, Duration span) => Business is { } hours ? hours.Add(from, span) : from + span;
}
