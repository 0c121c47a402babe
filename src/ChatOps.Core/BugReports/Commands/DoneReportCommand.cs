using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.BugReports.Commands;

internal sealed class DoneReportCommand(BugReportService reports, TimeProvider clock) : ICommand
{
    public const string Action = "done";
    private const string Reason = "reason";
    private const int Longest = 500;

    public CommandHelp Help { get; } = new("reports done", "Say that a bug report needs no issue, and why; that stops its clock", Role.Responder)
    {
        Arguments = [ReportWords.Which, new(Reason, "why it needs no issue; without it a form asks") { Rest = true }],
        Example = "/reports done R-7 fixed in the release of last week",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => ReportWords.With(
        reports,
        call,
        clock,
        async report =>
        {
            var reason = (call.Form.GetValueOrDefault(Reason) ?? call[Reason])?.Trim();
            if (string.IsNullOrEmpty(reason))
            {
                return Answer.Open(new Form(Help.Words, report.Id, report.Version, $"{report.Id} is done",
                    [new(Reason, "Why it needs no issue", FieldKind.Text, Required: true) { Hint = "For the others here and, as an internal comment, in the inbox. The researcher does not see it." }], "Done"));
            }

            return reason.Length > Longest
                ? call.Means == Means.Form ? Answer.Wrong(Reason, $"At most {Longest} characters; these are {reason.Length}.") : Answer.Refuse(Markup.Of($"At most {Longest} characters; these are {reason.Length}."))
                : ReportWords.Tell(await reports.Done(report.Id, reason, call.Actor, cancel), done => Markup.Of($"{done.Id} is done. It stays open in {done.SourceTitle} until somebody closes it there."));
        },
        cancel);
}
