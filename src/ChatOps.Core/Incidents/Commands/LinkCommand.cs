using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class LinkCommand(IncidentService incidents) : ICommand
{
    public CommandHelp Help { get; } = new("incident link", "Link an alert to an incident: what happens with it stands in the timeline", Role.Responder)
    {
        Arguments = [IncidentWords.Which with { Required = true, Summary = "its id, such as I-3" }, new("alert", "the alert, such as A-12") { Required = true }],
        Example = "/incident link I-3 A-12",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => IncidentWords.With(
        incidents,
        call,
        async id => SubjectId.Read(call["alert"] ?? "", Alert.Series) is { } alert
            ? IncidentWords.Tell(await incidents.Link(id, alert, call.Actor, cancel), incident => Markup.Of($"{alert} belongs to {incident.Id} now."))
            : Answer.Refuse(Markup.Of($"\"{call["alert"]}\" is not an alert: alerts are called A-12.")),
        cancel);
}
