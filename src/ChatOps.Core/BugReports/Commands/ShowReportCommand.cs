using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.BugReports.Commands;

internal sealed class ShowReportCommand(BugReportService reports, ReportCards cards, TimeProvider clock) : ICommand
{
    public CommandHelp Help { get; } = new("reports show", "A bug report's card, with its buttons", Role.Responder)
    {
        Reads = true,
        Arguments = [ReportWords.Which],
        Example = "/reports show R-7",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) =>
        ReportWords.With(reports, call, clock, async report => Answer.Show(await cards.Of(report, cancel)), cancel);
}
