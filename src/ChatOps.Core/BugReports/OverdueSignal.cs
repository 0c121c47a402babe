using ChatOps.Core.Alerts;
using ChatOps.Core.Time;

namespace ChatOps.Core.BugReports;

/// <summary>A report that is overdue is an alert like any other: routes, policies, the pager and acknowledgements hold for it.</summary>
internal static class OverdueSignal
{
    public const string Source = "bugreports";

    public static SignalGroup Of(BugReport report) => new(Source, report.Id, [new Signal(
        report.Id,
        report.IsAlarming,
        new Dictionary<string, string> { ["alertname"] = "BugReportOverdue", ["report"] = report.Id, ["severity"] = SeverityOf(report) },
        new Dictionary<string, string>
        {
            ["summary"] = $"{report.Id} is overdue since {WallClock.Say(report.Clock!.Due, report.TimeZone)}: it has no issue and no reason why it needs none",
            ["description"] = $"Look at its card with /reports show {report.Id}, then create the swarm's issue or press Done. That ends this alert; acknowledging it does not stop the report's clock.",
        })
        { GeneratorUrl = report.Facts.Url }])
    { SourceTitle = "Bug reports" };

    private static string SeverityOf(BugReport report) => report.Facts.Severity switch
    {
        ReportSeverity.Critical => "critical",
        ReportSeverity.High or ReportSeverity.Unrated => "error",
        _ => "warning",
    };
}
