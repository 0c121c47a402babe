using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.BugReports.Commands;

/// <summary>Writes into the inbox. From chat's words only for us; a researcher reads only what a form asked about twice.</summary>
internal sealed class CommentReportCommand(BugReportService reports, Roles roles, TimeProvider clock) : ICommand
{
    public const string Action = "comment";
    private const string Text = "text";
    private const string Who = "who";
    private const string Internal = "internal";

    public CommandHelp Help { get; } = new("reports comment", "Write an internal comment into a bug report's inbox; the form can also write to the researcher, and asks twice", Role.Responder)
    {
        Arguments = [ReportWords.Which, new(Text, "what to write, for us alone; without it a form asks") { Rest = true }],
        Example = "/reports comment R-7 the release of Monday fixes it",
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

            var text = (call.Form.GetValueOrDefault(Text) ?? call[Text])?.Trim();
            if (string.IsNullOrEmpty(text))
            {
                return Answer.Open(FormFor(report));
            }

            if (text.Length > ReportWords.LongestText)
            {
                return call.Means == Means.Form
                    ? Answer.Wrong(Text, $"At most {ReportWords.LongestText} characters; these are {text.Length}.")
                    : Answer.Refuse(Markup.Of($"At most {ReportWords.LongestText} characters; these are {text.Length}."));
            }

            var isPublic = call.Form.GetValueOrDefault(Who) == ReportWords.Public;
            if (isPublic && roles.OutsideRefusal is { } nobody)
            {
                return Answer.Wrong(Who, nobody);
            }

            return isPublic && !ReportWords.IsSure(call)
                ? ReportWords.AskAgain(report)
                : ReportWords.Tell(
                    await reports.Comment(report.Id, text, !isPublic, call.Actor, cancel),
                    done => isPublic ? Markup.Of($"The researcher will read it in {done.SourceTitle}.") : Markup.Of($"It will stand in {done.SourceTitle} as an internal comment."));
        },
        cancel);

    private Form FormFor(BugReport report) => new(Help.Words, report.Id, report.Version, $"Comment on {report.Id}",
    [
        new(Text, "Comment", FieldKind.Multiline, Required: true),
        new(Who, "Who reads it", FieldKind.Select, Required: true)
        {
            Value = Internal,
            Options = [new(Internal, "Only our team (internal)"), new(ReportWords.Public, "The researcher too (public)")],
        },
        new(ReportWords.Sure, "Sure?", FieldKind.Text) { Hint = ReportWords.SureHint(report) },
    ], "Write");
}
