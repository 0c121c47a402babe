using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Storage;

namespace ChatOps.Core.Incidents;

internal sealed class IncidentCards(IStore store) : ICardSource
{
    public string Kind => Incident.CardKind;

    public async Task<Drawing?> Draw(string id, CancellationToken cancel) =>
        await store.Find<Incident>(id, cancel) is { } incident ? new Drawing(IncidentCard.Draw(incident), incident.Id, incident.Channel) : null;
}
