using ChatOps.Core.Alerts;
using ChatOps.Core.Alerts.Commands;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class DeclareCommand(IncidentService incidents, AlertService alerts) : ICommand
{
    public CommandHelp Help { get; } = new("incident declare", "Make an incident of an alert: a form asks for its title and what is known", Role.Responder)
    {
        Arguments = [AlertWords.Which],
        Example = "/incident declare A-12",
        ActionId = AlertCard.Declare,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => AlertWords.With(
        alerts,
        call,
        async id =>
        {
            if (call.Means == Means.Form)
            {
                return await IncidentForm.Submit(incidents, call, id, cancel);
            }

            return await alerts.Find(id, cancel) switch
            {
                null => Answer.Refuse(Markup.Of($"There is no alert {id}.")),
                { Incident: { } other } => Answer.Refuse(Markup.Of($"{id} belongs to {other} already: `/incident show {other}`.")),
                { Condensed: not null } old => Answer.Refuse(IncidentDecisions.TooOld(old)),
                { } alert => Answer.Open(IncidentForm.For(
                    Help.Words, id, alert.Version, alert.Facts.Summary is { } summary ? $"{alert.Facts.Title}: {summary}" : alert.Facts.Title, alert.Facts.Severity >= Severity.Critical ? IncidentSeverity.Critical : IncidentSeverity.Major)),
            };
        },
        cancel);
}
