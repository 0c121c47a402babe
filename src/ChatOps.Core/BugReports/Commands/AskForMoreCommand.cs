using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.BugReports.Commands;

internal sealed class AskForMoreCommand(BugReportService reports, Roles roles, TimeProvider clock) : ICommand
{
    public const string Action = "more-info";
    private const string Text = "text";

    public CommandHelp Help { get; } = new("reports more", "Ask a bug report's researcher for more information, in a form; its clock stands still until it is validated anew", Role.Responder)
    {
        Arguments = [ReportWords.Which],
        Example = "/reports more R-7",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => ReportWords.With(
        reports,
        call,
        clock,
        async report =>
        {
            if (!reports.HasInbox(report))
            {
                return ReportWords.NoInbox(report);
            }

            if (roles.OutsideRefusal is { } nobody)
            {
                return Answer.Refuse(Markup.Plain(nobody));
            }

            var text = call.Form.GetValueOrDefault(Text)?.Trim();
            if (string.IsNullOrEmpty(text))
            {
                return Answer.Open(new Form(Help.Words, report.Id, report.Version, $"More about {report.Id}",
                [
                    new(Text, "What do you need to know?", FieldKind.Multiline, Required: true) { Hint = "The researcher reads this." },
                    new(ReportWords.Sure, "Sure?", FieldKind.Text, Required: true) { Hint = $"The researcher {report.Facts.Reporter ?? "outside"} will read it, nobody else outside: write {ReportWords.Public} here if that is what you want." },
                ], "Ask"));
            }

            return text.Length > ReportWords.LongestText ? Answer.Wrong(Text, $"At most {ReportWords.LongestText} characters; these are {text.Length}.")
                : !ReportWords.IsSure(call) ? ReportWords.AskAgain(report)
                : ReportWords.Tell(await reports.AskForMore(report.Id, text, call.Actor, cancel), asked => Markup.Of($"The researcher will read your question in {asked.SourceTitle}."));
        },
        cancel);
}
