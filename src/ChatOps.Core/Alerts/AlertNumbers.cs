using ChatOps.Core.Chat;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>The alerts that opened in a span of time, in numbers. An alert counts where it opened, whenever it ended.</summary>
/// <param name="Alerts">In order of time.</param>
/// <param name="Zone">In which nights and hours are counted.</param>
internal sealed record AlertNumbers(IReadOnlyList<AlertFigures> Alerts, DateTimeZone Zone)
{
    private const int Page = 500;

    private const int NightFrom = 22;
    private const int NightTo = 7;

    public const string NightHours = "22:00 to 07:00";

    public int Opened => Alerts.Count;

    public int AtNight => Alerts.Count(alert => HourOf(alert) is >= NightFrom or < NightTo);

    /// <summary>From opening to the acknowledgement that stands, rising. One that was handed on counts from the opening still: that is how long it took.</summary>
    public IReadOnlyList<(AlertFigures Alert, Duration Took)> Acknowledged => Rising(alert => alert.AcknowledgedAt);

    public IReadOnlyList<(AlertFigures Alert, Duration Took)> Resolved => Rising(alert => alert.ResolvedAt);

    /// <summary>
    /// What opened from <paramref name="from"/> (included) to <paramref name="to"/> (excluded). Page by page, of each alert its figures only: a bad week has
    /// very many.
    /// </summary>
    public static async Task<AlertNumbers> Read(IStore store, Instant from, Instant to, DateTimeZone zone, Func<Alert, bool> counts, CancellationToken cancel)
    {
        var figures = new List<AlertFigures>();
        var next = Keys.At(from);
        while (true)
        {
            var opened = await store.List(Alert.Opened, Keys.Between(next, Keys.At(to)), Page, cancel: cancel);
            figures.AddRange(opened.Where(counts).Select(AlertFigures.Of));
            if (opened.Count < Page)
            {
                return new(figures, zone);
            }

            next = Alert.Opened.KeyOf(opened[^1]) + '\u0001';
        }
    }

    /// <summary>"2 critical, 1 warning": the worst first.</summary>
    public string Severities => Counts(Alerts.GroupBy(alert => alert.Severity).OrderByDescending(group => group.Key).Select(group => (group.Key.Say(), group.Count())));

    /// <summary>"Alertmanager 3, ChatOps 1": the busiest first.</summary>
    public string Sources => string.Join(", ", Alerts.GroupBy(alert => alert.SourceTitle)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}"));

    /// <summary>"14:00 (3), 02:00 (2)": the hours of the day in which most opened, at most three.</summary>
    public string BusiestHours => string.Join(", ", Alerts.GroupBy(HourOf)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Take(3).Select(group => $"{group.Key:D2}:00 ({group.Count()})"));

    /// <summary>The middle one, the lower of two; null when there is none.</summary>
    public static Duration? Median(IReadOnlyList<(AlertFigures Alert, Duration Took)> rising) => rising.Count == 0 ? null : rising[(rising.Count - 1) / 2].Took;

    /// <summary>"4 min (12 min before)".</summary>
    public static string Say(Duration? now, Duration? before) => $"{Word(now)} ({Word(before)} before)";

    /// <summary>The lines that the handover and the digest share: opened, at night.</summary>
    public IEnumerable<Markup> Against(AlertNumbers before)
    {
        yield return Markup.Of($"Alerts: {Opened} ({before.Opened} before)");
        if (Opened > 0)
        {
            yield return Markup.Of($"By severity: {Severities}{(before.Opened > 0 ? $" (before: {before.Severities})" : "")}");
        }

        yield return Markup.Of($"At night, {NightHours} {Zone.Id}: {AtNight} ({before.AtNight} before)");
    }

    private static string Word(Duration? span) => span is { } length ? WallClock.SaySpan(length) : "none";

    private static string Counts(IEnumerable<(string Name, int Count)> counts) => string.Join(", ", counts.Select(each => $"{each.Count} {each.Name}"));

    private int HourOf(AlertFigures alert) => alert.OpenedAt.InZone(Zone).Hour;

    private List<(AlertFigures Alert, Duration Took)> Rising(Func<AlertFigures, Instant?> end) =>
        [.. from alert in Alerts where end(alert) is not null let took = end(alert)!.Value - alert.OpenedAt orderby took select (alert, took)];
}

/// <summary>What the numbers need of an alert; all of it stays when one is condensed.</summary>
internal sealed record AlertFigures(string Id, Severity Severity, string SourceTitle, Instant OpenedAt, Instant? AcknowledgedAt, Instant? ResolvedAt)
{
    public static AlertFigures Of(Alert alert) =>
        new(alert.Id, alert.Facts.Severity, alert.Facts.SourceTitle, alert.OpenedAt, alert.Acknowledgement?.At, alert.Resolution?.At);
}
