using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

/// <summary>Something that somebody wrote elsewhere goes into a timeline: a form asks which.</summary>
internal sealed class TimelineCommand(IncidentService incidents) : ICommand
{
    public const string Action = "timeline";

    private const string Which = "incident";
    private const string Text = "text";
    private const int Most = 3000;
    private const int MostOpen = 50;

    public CommandHelp Help { get; } = new("incident timeline", "Add words to the timeline of an open incident: a form asks which", Role.Responder)
    {
        Arguments = [new(Text, "what happened") { Rest = true }],
        Example = "/incident timeline the queue is empty again",
        ActionId = Action,
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        if (call.Means != Means.Form)
        {
            var open = await incidents.Open(MostOpen, cancel);
            return open.Count == 0
                ? Answer.Refuse(Markup.Of($"No incident is open: `/incident start` declares one."))
                : Answer.Open(FormFor(open, call[Text] ?? ""));
        }

        var text = call.Form.GetValueOrDefault(Text)?.Trim() ?? "";
        return IncidentWords.IdOf(call.Form.GetValueOrDefault(Which) ?? "") is not { } id ? Answer.Wrong(Which, "It is one of the open incidents.")
            : text.Length > Most ? Answer.Wrong(Text, $"At most {Most} characters; these are {text.Length}.")
            : IncidentWords.Tell(await incidents.Note(id, text, call.Actor, cancel), incident => Markup.Of($"Noted in the timeline of {incident.Id}."));
    }

    private Form FormFor(IReadOnlyList<Incident> open, string text) => new(Help.Words, "", 0, "Add to timeline",
    [
        new(Which, "Incident", FieldKind.Select, Required: true) { Value = open[0].Id, Options = [.. open.Select(incident => new Choice(incident.Id, $"{incident.Id} {incident.Title}"))] },
        new(Text, "What happened", FieldKind.Multiline, Required: true) { Value = text.Length > Most ? text[..Most] : text },
    ], "Add");
}
