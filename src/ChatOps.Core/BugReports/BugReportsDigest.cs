using ChatOps.Core.Chat;
using ChatOps.Core.Digests;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>What came, what waits in order of urgency and who has it, how long things took, what was paid.</summary>
internal sealed class BugReportsDigest(IStore store, BugReportSettings settings) : IDigest
{
    private const int MostLines = 15;
    private const int Weeks = 8;
    private const int MostRead = 5000;

    // What is due before the working day ends is to be done now.
    private static readonly Duration Soon = Duration.FromHours(8);

    // Far enough back for whatever is paid or resolved in the span.
    private static readonly Duration LooksBack = Duration.FromDays(400);

    public static DigestDefault Default { get; } = new("BugReports", "0 0 9 ? * MON-FRI");

    public string Name => Default.Name;

    /// <summary>Who may see the reports may see what is summed up of them, and nobody else.</summary>
    public string Channel => settings.Channel;

    public string Nothing => "Bug reports: none came, and none waits.";

    public async Task<Card?> Make(DigestSpan span, CancellationToken cancel)
    {
        var known = (await store.List(BugReport.Validated, Keys.Between(Keys.At(span.To - LooksBack), "9"), MostRead, descending: true, cancel)).Where(report => !report.Quiet || report.ClockRuns).ToList();
        var waiting = (await store.List(BugReport.Waiting, Keys.All, MostRead, cancel: cancel)).ToList();
        var came = known.Where(report => !report.Quiet && report.CameAt >= span.From && report.CameAt < span.To).ToList();
        var over = known.Where(report => !report.IsOpen && report.Facts.ClosedAt >= span.From && report.Facts.ClosedAt < span.To).ToList();
        var paid = known.SelectMany(report => report.Awards.Where(award => award.At >= span.From && award.At < span.To).Select(award => (report.Id, award))).ToList();
        return came.Count + waiting.Count + over.Count + paid.Count == 0 ? null : Draw(span, Counts(span, known), waiting, came, over, paid);
    }

    private static Card Draw(DigestSpan span, List<int> counts, List<BugReport> waiting, List<BugReport> came, List<BugReport> over, List<(string Id, Award Award)> paid) => new("Bug reports", CardState.Info)
    {
        Text = Markup.Lines(
        [
            Markup.Of($"{WallClock.Say(span.From, span.Zone)} to {WallClock.Say(span.To, span.Zone)}"),
            Markup.Of($"Came: {came.Count}{Ids(came)}"),
            .. Part("Overdue", [.. waiting.Where(report => report.Clock!.Due <= span.To)], span.To),
            .. Part("Act now", [.. waiting.Where(report => report.Clock!.Due > span.To && report.Clock.Due <= span.To + Soon)], span.To),
            .. Part("Queue", [.. waiting.Where(report => report.Clock!.Due > span.To + Soon)], span.To),
            Took("first answer", [.. came.Where(report => report.Facts is { SubmittedAt: not null, AnsweredAt: not null }).Select(report => report.Facts.AnsweredAt!.Value - report.Facts.SubmittedAt!.Value)]),
            Took("handled", [.. came.Where(report => report.Handled is not null).Select(report => report.Handled!.At - report.FirstValidatedAt!.Value)]),
            Took("resolution", [.. over.Select(report => report.Facts.ClosedAt!.Value - report.FirstValidatedAt!.Value)]),
            Paid(paid),
            Bars(counts),
        ]),
        Picture = new("Bug reports validated a week", [.. counts.Select((count, i) => new PictureColumn(WallClock.SayDay(span.To - Duration.FromDays(7 * (Weeks - i)), span.Zone), count))]),
        Context = waiting.Count == 0 ? Markup.Of($"Nothing waits.") : Markup.Of($"`/reports list` shows all, `/reports take R-7` takes one."),
    };

    private static string Ids(List<BugReport> reports) => reports.Count == 0 ? "" : $": {string.Join(", ", reports.Select(report => report.Id).Take(MostLines))}{(reports.Count > MostLines ? " and more" : "")}";

    private static IEnumerable<Markup> Part(string name, List<BugReport> reports, Instant now) => reports.Count == 0 ? [] :
    [
        Markup.Of($"**{name}: {reports.Count}**"),
        .. reports.Take(MostLines).Select(report => Markup.Of($"• {ReportCard.Line(report, now)}")),
        reports.Count > MostLines ? Markup.Of($"• and {reports.Count - MostLines} more: `/reports list`") : Markup.Empty,
    ];

    private static Markup Took(string what, List<Duration> took)
    {
        var rising = took.Where(each => each >= Duration.Zero).Order().ToList();
        return rising.Count == 0 ? Markup.Empty : Markup.Of($"Time to {what}: median {WallClock.SaySpan(rising[rising.Count / 2])}, longest {WallClock.SaySpan(rising[^1])}");
    }

    private static Markup Paid(List<(string Id, Award Award)> paid) => paid.Count == 0 ? Markup.Empty : Markup.Of(
        $"Bounties: {string.Join(", ", paid.GroupBy(each => each.Award.Currency ?? "").Select(group => $"{BugReportSettings.Say(group.Sum(each => each.Award.Amount))} {group.Key}".TrimEnd()))} for {string.Join(", ", paid.Select(each => each.Id).Distinct().Order(StringComparer.Ordinal))}");

    /// <summary>How many were validated in each of the last weeks, the present one last.</summary>
    private static List<int> Counts(DigestSpan span, List<BugReport> known) => [.. Enumerable.Range(0, Weeks).Reverse()
        .Select(back => known.Count(report => report.FirstValidatedAt is { } at && at >= span.To - Duration.FromDays(7 * (back + 1)) && at < span.To - Duration.FromDays(7 * back)))];

    /// <summary>The picture in letters.</summary>
    private static Markup Bars(List<int> counts)
    {
        const string Heights = "▁▂▃▄▅▆▇█";
        var most = Math.Max(1, counts.Max());
        return Markup.Of($"Last {Weeks} weeks: {string.Concat(counts.Select(count => Heights[count * (Heights.Length - 1) / most]))} ({string.Join(' ', counts)})");
    }
}
