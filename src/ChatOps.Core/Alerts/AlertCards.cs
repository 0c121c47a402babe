using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Storage;

namespace ChatOps.Core.Alerts;

/// <summary>The alert's card in its own channel.</summary>
internal sealed class AlertCards(IStore store) : ICardSource
{
    public string Kind => Alert.CardKind;

    public async Task<Drawing?> Draw(string id, CancellationToken cancel) =>
        await store.Find<Alert>(id, cancel) is { Condensed: null } alert ? new Drawing(AlertCard.Draw(alert), alert.Id, alert.Route.Channel) : null;
}

/// <summary>The alert's card in a channel that a step has called, beside the one in its own.</summary>
internal sealed class AlertCalls(IStore store) : ICardSource
{
    public const string CardKind = "alert-call";

    public string Kind => CardKind;

    public static Face FaceOf(string alert, string channel) => new(CardKind, PrefixOf(alert) + channel);

    /// <summary>What the ids of an alert's calls begin with.</summary>
    public static string PrefixOf(string alert) => alert + "@";

    public async Task<Drawing?> Draw(string id, CancellationToken cancel) =>
        id.Split('@', 2) is [var alertId, var channel] && await store.Find<Alert>(alertId, cancel) is { Condensed: null } alert
            ? new Drawing(AlertCard.Draw(alert), alert.Id, channel)
            : null;
}
