using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class MitigateCommand(IncidentService incidents) : ICommand
{
    public const string Action = "mitigate";

    public CommandHelp Help { get; } = new("incident mitigate", "Say that the harm has stopped; the post-mortem is due a week later", Role.Responder)
    {
        Arguments = [IncidentWords.Which],
        Example = "/incident mitigate I-3",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => IncidentWords.With(
        incidents,
        call,
        async id => IncidentWords.Tell(
            await incidents.Mitigate(id, call.Actor, cancel),
            incident => Markup.Of($"{incident.Id} is mitigated. {IncidentDecisions.PostmortemWords(incident)}")),
        cancel);
}
