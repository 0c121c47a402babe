using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Core.Time;

namespace ChatOps.Core.BugReports.Commands;

/// <summary>Shows people what they wanted written and what never can be, so that they can copy it. Nobody sees another's.</summary>
internal sealed class UnsentReportCommand(BugReportService reports, TimeProvider clock) : ICommand
{
    public CommandHelp Help { get; } = new("reports unsent", "What you wanted written for a bug report and what could not be, to copy it; only you see it", Role.Responder)
    {
        Reads = true,
        Arguments = [ReportWords.Which],
        Example = "/reports unsent R-7",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => ReportWords.With(
        reports,
        call,
        clock,
        report =>
        {
            var mine = report.GivenUp.Where(effect => effect.By == call.By.Person.Id).ToList();
            return Task.FromResult(mine.Count == 0
                ? Answer.Say(Markup.Of($"Nothing that you wanted written for {report.Id} was given up."))
                : new Answer { Replies = [.. mine.Select(effect => Draw(report, effect))] });
        },
        cancel);

    private static Card Draw(BugReport report, ReportEffect effect) => new($"{report.Id}: {effect.Words}", CardState.Info)
    {
        Text = Markup.Plain(effect.Draft is { } draft
            ? $"{draft.Title}\nLabels: {string.Join(", ", draft.Labels)}\nAssignees: {string.Join(", ", draft.Assignees)}\n\n{draft.Body}"
            : effect.Text),
        Context = Markup.Of($"{WallClock.Say(effect.At, report.TimeZone)}: {effect.Fault}"),
    };
}
