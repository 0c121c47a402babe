using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class StartIncidentCommand(IncidentService incidents) : ICommand
{
    public const string Action = "incident";

    public CommandHelp Help { get; } = new("incident start", "Declare an incident; without a title a form asks what is known", Role.Responder)
    {
        Arguments = [new("title", "what is wrong, in a line") { Rest = true }],
        ActionId = Action,
        Example = "/incident start Mail servers in ams3 lose messages",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel) => call switch
    {
        { Means: Means.Form } => await IncidentForm.Submit(incidents, call, null, cancel),
        // From a message: what it says is a proposal.
        { Means: Means.Button } => Answer.Open(IncidentForm.For(Help.Words, "", 0, call["title"]?.ReplaceLineEndings(" "), IncidentSeverity.Major)),
        _ when call["title"] is { Length: > 0 } title => await IncidentForm.Declare(incidents, call, title, IncidentSeverity.Major, null, null, cancel),
        _ => Answer.Open(IncidentForm.For(Help.Words, "", 0, null, IncidentSeverity.Major)),
    };
}
