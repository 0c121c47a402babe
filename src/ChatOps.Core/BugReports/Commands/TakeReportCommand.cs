using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.BugReports.Commands;

internal sealed class TakeReportCommand(BugReportService reports, TimeProvider clock) : ICommand
{
    public const string Action = "take";

    public CommandHelp Help { get; } = new("reports take", "Take a bug report: it is yours; its clock runs on until it has an issue or is done", Role.Responder)
    {
        Arguments = [ReportWords.Which],
        Example = "/reports take R-7",
        ActionId = Action,
        ActionOn = BugReport.Series,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => ReportWords.With(
        reports,
        call,
        clock,
        async report =>
        {
            var (decision, from) = await reports.Take(report.Id, call.Actor, cancel);
            return ReportWords.Tell(decision, taken => Markup.Of($"You have {taken.Id}{(from is null ? Markup.Of($": {taken.Facts.Title}") : Markup.Of($" now; {Markup.Mention(from)} had it"))}.{(taken.ClockRuns ? $" The clock runs on: {ReportCard.Standing(taken, Time.ClockReading.Now(clock))}." : "")}"));
        },
        cancel);
}
