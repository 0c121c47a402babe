using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Decisions;

namespace ChatOps.Core.BugReports.Commands;

/// <summary>What the report commands have in common: which report is meant, how a decision is told, and when a researcher would read something.</summary>
internal static class ReportWords
{
    public const string Name = "report";
    public const int LongestText = 5000;

    /// <summary>The field in which somebody says again that the researcher shall see it.</summary>
    public const string Sure = "sure";

    /// <summary>What has to stand in it.</summary>
    public const string Public = "public";

    public static Parameter Which { get; } = new(Name, "its id, such as R-7; may be left out while only one waits") { Fits = word => IdOf(word) is not null };

    public static string? IdOf(string text) => SubjectId.Read(text, BugReport.Series);

    /// <summary>Finds the report that is meant and hands it on; says what is unclear otherwise.</summary>
    public static async Task<Answer> With(BugReportService reports, Invocation call, TimeProvider clock, Func<BugReport, Task<Answer>> act, CancellationToken cancel)
    {
        if (call[Name] is { } text)
        {
            return IdOf(text) is not { } id ? Answer.Refuse(Markup.Of($"\"{text}\" is not a report: reports are called R-7. `/reports list` shows those that wait."))
                : await reports.Find(id, cancel) is { } named ? await act(named)
                : Answer.Refuse(ReportDecisions.Missing(id));
        }

        var waiting = await reports.Waiting(11, cancel);
        var now = Time.ClockReading.Now(clock);
        return waiting switch
        {
            [var only] => await act(only),
            [] => Answer.Refuse(Markup.Of($"No report waits. `/reports list --all` shows all; name one, such as R-7.")),
            _ => Answer.Refuse(Markup.Lines([Markup.Of($"Which one? {(waiting.Count > 10 ? "More than 10" : $"{waiting.Count}")} wait:"), .. waiting.Take(10).Select(report => ReportCard.Line(report, now))])),
        };
    }

    public static Answer Tell(Decision<BugReport> decision, Func<BugReport, Markup> done) => decision switch
    {
        Decision<BugReport>.Changed changed => Answer.Say(done(changed.Next)),
        Decision<BugReport>.Refused refused => Answer.Refuse(refused.Why),
        _ => Answer.Say(Markup.Of($"Nothing changed.")),
    };

    public static Answer NoInbox(BugReport report) => Answer.Refuse(
        Markup.Of($"I cannot write into {report.SourceTitle}'s inbox: no access is set up. Do it there: ") + (report.Facts.Url is { } url ? Markup.Link(url, url) : Markup.Of($"report {report.ExternalId}")));

    /// <summary>The question that is asked before an outside person reads something.</summary>
    public static string SureHint(BugReport report) => $"Only where the researcher {report.Facts.Reporter ?? "outside"} shall read it: write {Public} here as well.";

    public static bool IsSure(Invocation call) => string.Equals(call.Form.GetValueOrDefault(Sure)?.Trim(), Public, StringComparison.OrdinalIgnoreCase);

    public static Answer AskAgain(BugReport report) => Answer.Wrong(Sure, $"The researcher {report.Facts.Reporter ?? "outside"} will read this. If that is right, write {Public} here and send again.");
}
