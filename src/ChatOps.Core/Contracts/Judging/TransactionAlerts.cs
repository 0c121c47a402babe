using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>
/// Raises and ends the alerts of transactions, and tells retractions whose patience is over. What is to be done stands in the transaction since the commit that
/// decided it: killed in between, it is done by the next run, and done twice it changes nothing.
/// </summary>
internal sealed partial class TransactionAlerts(
    IStore store, Decider decider, AlertIntake intake, AlertService alerts, ContractSignals signals, WatchList list, TransactionJudge judge, TimeProvider clock, ILogger<TransactionAlerts> log) : IDueWork
{
    private const int Batch = 100;

    public async Task<Instant?> RunDue(CancellationToken cancel)
    {
        var failed = new HashSet<string>();
        while (true)
        {
            var due = (await store.List(WatchedTransaction.Due, Keys.All, Batch + failed.Count, cancel: cancel)).Where(transaction => !failed.Contains(transaction.Id)).ToList();
            var now = clock.Now();
            var todo = due.Where(transaction => transaction.DueAt <= now).ToList();
            if (todo.Count == 0)
            {
                return due.FirstOrDefault()?.DueAt;
            }

            foreach (var transaction in todo)
            {
                try
                {
                    await (transaction.Work is null ? Retract(transaction.Id, cancel) : Settle(transaction, cancel));
                }
                catch (Exception fault) when (!cancel.IsCancellationRequested)
                {
                    failed.Add(transaction.Id);
                    LogFailed(fault, transaction.Id);
                }
            }
        }
    }

    /// <summary>Tells that a transaction left the chain for good.</summary>
    public async Task Retract(string id, CancellationToken cancel)
    {
        if (await store.Find<WatchedTransaction>(id, cancel) is { Leaving: not null } leaving)
        {
            // Before it is told: done twice it changes nothing.
            await judge.Forget(leaving, cancel);
        }

        if (await decider.Change<WatchedTransaction>(id, transaction => transaction.Retract(clock.Now()), Markup.Empty, cancel) is Decision<WatchedTransaction>.Changed { Next: var gone })
        {
            await Settle(gone, cancel);
        }
    }

    /// <summary>Does what is to be done about a transaction's alert.</summary>
    public async Task Settle(WatchedTransaction transaction, CancellationToken cancel)
    {
        if (transaction.Work is not { } work)
        {
            return;
        }

        var raise = work.Kind == AlertWorkKind.Raise;
        var open = await alerts.About(transaction.Id, cancel) is { IsOpen: true };
        if (raise != open || transaction.Told == Telling.Folded)
        {
            var watched = await list.Read(cancel);
            await intake.Receive([signals.Of(transaction, Answerable(transaction, watched), raise)], cancel);
        }

        await decider.Change<WatchedTransaction>(
            transaction.Id, current => current.Work == work ? new Decision<WatchedTransaction>.Changed(current with { Work = null }) : new Decision<WatchedTransaction>.Kept(), Markup.Empty, cancel);
    }

    /// <summary>The watched thing whose document says what to do: what it is about, or the wallet that calls it.</summary>
    private static WatchedThing? Answerable(WatchedTransaction transaction, Watched watched)
    {
        var deciding = transaction.Judgement.Deciding;
        var thing = watched.Find(transaction.Seen.Chain, deciding.Thing);
        return thing?.Escalation is null && deciding.Wallet is not null ? watched.Find(transaction.Seen.Chain, deciding.Caller) ?? thing : thing;
    }

    [LoggerMessage(LogLevel.Error, "{Transaction}: its alert could not be raised or ended; it is tried again")]
    private partial void LogFailed(Exception fault, string transaction);
}
