using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Alerts.Commands;

internal sealed class NoteCommand(AlertService alerts) : ICommand
{
    private const string Field = "text";
    private const int Most = 2000;

    public CommandHelp Help { get; } = new("alert note", "Add a line to an alert's history; without the text a form asks for it", Role.Responder)
    {
        Arguments = [AlertWords.Which with { Fits = word => AlertWords.IdOf(word) is not null }, new("text", "what to remember") { Rest = true }],
        Example = "/alert note A-12 restarted the mail server, watching it",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => AlertWords.With(
        alerts,
        call,
        async id =>
        {
            var text = (call.Form.GetValueOrDefault(Field) ?? call["text"])?.Trim();
            if (string.IsNullOrEmpty(text))
            {
                return await alerts.Find(id, cancel) is { } alert
                    ? Answer.Open(new Form(Help.Words, id, alert.Version, $"Note on {id}", [new(Field, "Note", FieldKind.Multiline, Required: true) { Hint = alert.Facts.Title }], "Add note"))
                    : Answer.Refuse(Markup.Of($"There is no alert {id}."));
            }

            return text.Length > Most
                ? call.Means == Means.Form ? Answer.Wrong(Field, $"At most {Most} characters; these are {text.Length}.") : Answer.Refuse(Markup.Of($"At most {Most} characters; these are {text.Length}."))
                : AlertWords.Tell(await alerts.Note(id, call.Actor, text, cancel), alert => Markup.Of($"Noted in the thread of {alert.Id}."));
        },
        cancel);
}
