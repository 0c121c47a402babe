using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class SeverityCommand(IncidentService incidents) : ICommand
{
    public CommandHelp Help { get; } = new("incident severity", "Change how bad it is: critical, major or minor", Role.Responder)
    {
        Arguments = [IncidentWords.Which with { Fits = word => IncidentWords.IdOf(word) is not null }, new("severity", "critical, major or minor") { Required = true }],
        Example = "/incident severity I-3 critical",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => IncidentWords.With(
        incidents,
        call,
        async id => IncidentWords.SeverityOf(call["severity"]) is { } severity
            ? IncidentWords.Tell(await incidents.Rate(id, severity, call.Actor, cancel), incident => Markup.Of($"{incident.Id} is {IncidentCard.Say(incident.Severity)} now."))
            : Answer.Refuse(Markup.Of($"\"{call["severity"]}\" is none of critical, major, minor.")),
        cancel);
}
