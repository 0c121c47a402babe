using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class ReopenCommand(IncidentService incidents) : ICommand
{
    public CommandHelp Help { get; } = new("incident reopen", "Open a mitigated or resolved incident again", Role.Responder)
    {
        Arguments = [IncidentWords.Which with { Required = true, Summary = "its id, such as I-3" }],
        Example = "/incident reopen I-3",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => IncidentWords.With(
        incidents,
        call,
        async id => IncidentWords.Tell(await incidents.Reopen(id, call.Actor, cancel), incident => Markup.Of($"{incident.Id} is open again.")),
        cancel);
}
