using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Core.Time;

namespace ChatOps.Core.BugReports.Commands;

internal sealed class ListReportsCommand(BugReportService reports, TimeProvider clock) : ICommand
{
    private const int Most = 30;

    public CommandHelp Help { get; } = new("reports list", "The bug reports that are open, those that wait first, or the newest of all", Role.Responder)
    {
        Reads = true,
        Options = [new("--all", "the closed ones too, newest first") { Flag = true }],
        Example = "/reports list --all",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        var now = clock.Now();
        if (call.Has("--all"))
        {
            var newest = await reports.Newest(Most, cancel);
            return newest.Count == 0 ? Answer.Say(Markup.Of($"There has been no bug report yet."))
                : Answer.Show(new Card("Bug reports, the newest first", CardState.Info) { Text = Markup.Lines(newest.Select(report => ReportCard.Line(report, now))) });
        }

        var waiting = await reports.Waiting(Most, cancel);
        var others = (await reports.Open(2 * Most, cancel)).Where(report => !report.ClockRuns).Take(Most - waiting.Count).ToList();
        return waiting.Count + others.Count == 0
            ? Answer.Say(Markup.Of($"No bug report is open. `/reports list --all` shows those that were."))
            : Answer.Show(new Card(waiting.Count == 0 ? "No bug report waits" : waiting.Count == 1 ? "1 bug report waits" : $"{waiting.Count} bug reports wait", CardState.Info)
            {
                Text = Markup.Lines(waiting.Concat(others).Select(report => ReportCard.Line(report, now))),
            });
    }
}
