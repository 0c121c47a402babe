using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class NoteIncidentCommand(IncidentService incidents) : ICommand
{
    private const string Field = "text";
    private const int Most = 3000;

    public CommandHelp Help { get; } = new("incident note", "Add a line to the timeline; without the text a form asks for it", Role.Responder)
    {
        Arguments = [IncidentWords.Which with { Fits = word => IncidentWords.IdOf(word) is not null }, new("text", "what happened") { Rest = true }],
        Example = "/incident note I-3 moved the queue to mail-02",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => IncidentWords.With(
        incidents,
        call,
        async id =>
        {
            var text = (call.Form.GetValueOrDefault(Field) ?? call["text"])?.Trim();
            if (string.IsNullOrEmpty(text))
            {
                return await incidents.Find(id, cancel) is { } incident
                    ? Answer.Open(new Form(Help.Words, id, incident.Version, $"Note on {id}", [new(Field, "Note", FieldKind.Multiline, Required: true) { Hint = incident.Title }], "Add note"))
                    : Answer.Refuse(Markup.Of($"There is no incident {id}."));
            }

            return text.Length > Most
                ? Answer.Refuse(Markup.Of($"At most {Most} characters; these are {text.Length}."))
                : IncidentWords.Tell(await incidents.Note(id, text, call.Actor, cancel), incident => Markup.Of($"Noted in the timeline of {incident.Id}."));
        },
        cancel);
}
