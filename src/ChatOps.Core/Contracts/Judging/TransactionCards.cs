using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Storage;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>The transaction's card: drawn from it and the alert about it, and marked anew when either changes.</summary>
internal sealed class TransactionCards(IStore store, AlertService alerts, WatchList list, WatchSettings settings) : ICardSource
{
    public string Kind => WatchedTransaction.CardKind;

    public async Task<Drawing?> Draw(string id, CancellationToken cancel) =>
        await store.Find<WatchedTransaction>(id, cancel) is { } transaction ? new Drawing(await Card(transaction, cancel), transaction.Id, transaction.Channel) : null;

    public async Task<Card> Card(WatchedTransaction transaction, CancellationToken cancel)
    {
        var watched = await list.Read(cancel);
        var (chain, deciding) = (transaction.Seen.Chain, transaction.Judgement.Deciding);
        return TransactionCard.Draw(
            transaction, await alerts.About(transaction.Id, cancel), watched.Find(chain, deciding.Thing), deciding.Wallet is null ? null : watched.Find(chain, deciding.Caller), settings.Chain(chain));
    }
}
