using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class ResolveIncidentCommand(IncidentService incidents) : ICommand
{
    public const string Action = "incident-resolve";

    public CommandHelp Help { get; } = new("incident resolve", "Say that it is over for good", Role.Responder)
    {
        Arguments = [IncidentWords.Which],
        Example = "/incident resolve I-3",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => IncidentWords.With(
        incidents,
        call,
        async id => IncidentWords.Tell(
            await incidents.Resolve(id, call.Actor, cancel),
            incident => Markup.Of($"{incident.Id} is resolved. {IncidentDecisions.PostmortemWords(incident)}")),
        cancel);
}
