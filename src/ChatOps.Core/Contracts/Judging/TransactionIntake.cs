using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Naming;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Decisions;
using ChatOps.Core.Oncall;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>Where the follower of a chain brings what it reads: each transaction is decoded, judged, stored once, and told if somebody has to know.</summary>
internal sealed partial class TransactionIntake(
    IStore store, Decider decider, WatchList list, TransactionJudge judge, TransactionAlerts alerts, StateProbes probes, EnsNames names, OncallService oncall, AlertSettings routes, TimeProvider clock, ILogger<TransactionIntake> log)
    : ITransactionIntake
{
    private const int Attempts = 20;
    private const int MostLookedAt = 500;

    // These page nobody: so many cards hide little, and bait without end is no more than that.
    private const int MostReviews = 20;

    private static readonly Duration Burst = Duration.FromMinutes(10);

    public IReadOnlySet<Address> Watched(string chain) => list.Now.On(chain);

    public async Task Receive(IReadOnlyList<TouchingTransaction> transactions, CancellationToken cancel)
    {
        var watched = await list.Read(cancel);
        // What only the digest tells of needs no commit of its own: a busy block is one write.
        var quiet = new List<WatchedTransaction>();
        foreach (var touching in transactions.Where(each => each.Touched.Any(address => watched.Find(each.Chain, address) is not null)).Select(each => KeptTransaction.Of(each, watched.On(each.Chain))))
        {
            WatchedTransaction? fresh = null;
            // What is read late is new, but for a crash: then the store refuses a hash that it has, and each is looked up.
            if ((touching.CaughtUp || await Known(touching, cancel) is null) && !quiet.Exists(each => each.Seen.Transaction.Hash == touching.Transaction.Hash))
            {
                var now = clock.Now();
                var late = touching.CaughtUp ? (await Late(touching, now, cancel)).With(quiet, now) : null;
                fresh = await Judged(await NextId(cancel), touching, late, watched, now, cancel);
                if (fresh.Told == Telling.Digest && fresh.Judgement.Counted.Count == 0)
                {
                    quiet.Add(fresh);
                    continue;
                }
            }

            await Flush(quiet, watched, cancel);
            await Receive(touching, fresh, watched, cancel);
        }

        await Flush(quiet, watched, cancel);
    }

    public async Task Retract(string chain, IReadOnlyList<BlockRef> gone, CancellationToken cancel)
    {
        var top = gone.Max(block => block.Number);
        foreach (var block in gone)
        {
            foreach (var transaction in await store.List(WatchedTransaction.InBlock, Keys.Prefix($"{chain}|{block.Hash}|"), cancel: cancel))
            {
                await decider.Change<WatchedTransaction>(transaction.Id, current => current.Leave(block, top, clock.Now()), Markup.Empty, cancel);
                LogLeft(transaction.Id, transaction.Seen.Transaction.Hash, block.Number);
            }
        }
    }

    public async Task Passed(IChainClient chain, BlockRef block, CancellationToken cancel)
    {
        foreach (var leaving in await store.List(WatchedTransaction.LeavingOf, Keys.Prefix(chain.Chain + "|"), cancel: cancel))
        {
            if (leaving.Leaving is { } gone && gone.Gone <= block.Number)
            {
                await alerts.Retract(leaving.Id, cancel);
            }
        }

        await probes.Passed(chain, block, cancel);
    }

    private async ValueTask<WatchedTransaction?> Known(TouchingTransaction touching, CancellationToken cancel) =>
        await store.List(WatchedTransaction.ByHash, Keys.Exactly(WatchedTransaction.KeyOf(touching.Chain, touching.Transaction.Hash)), 1, cancel: cancel) is [var found] ? found : null;

    private async Task Flush(List<WatchedTransaction> quiet, Watched watched, CancellationToken cancel)
    {
        if (quiet.Count == 0)
        {
            return;
        }

        var now = clock.Now();
        var late = new List<Document>();
        foreach (var chain in quiet.Where(each => each.Seen.CaughtUp).GroupBy(each => each.Seen.Chain))
        {
            late.Add((await Late(chain.First().Seen, now, cancel)).With(chain, now));
        }

        if (await Stored([.. quiet.Select(each => each.Begin(now).Next), .. late], cancel) != true)
        {
            // Another replica, a card that grew meanwhile, or one that is too large: one by one each finds out for itself.
            foreach (var each in quiet)
            {
                await Receive(each.Seen, each, watched, cancel);
            }
        }

        quiet.Clear();
    }

    /// <param name="touching">The transaction.</param>
    /// <param name="judged">What it was judged to be a moment ago, where that was done.</param>
    /// <param name="watched">What is watched.</param>
    /// <param name="cancel">Gives up waiting.</param>
    private async Task Receive(TouchingTransaction touching, WatchedTransaction? judged, Watched watched, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = clock.Now();
            var known = await Known(touching, cancel);
            if (known is not null && known.Seen.Block.Hash == touching.Block.Hash && known is { RetractedAt: null, Leaving: null })
            {
                await alerts.Settle(known, cancel);
                return;
            }

            if (known is not null)
            {
                await judge.Forget(known, cancel);
            }

            var late = touching.CaughtUp ? await Late(touching, now, cancel) : null;
            var fresh = known is null && judged is not null ? judged : await Judged(known?.Id ?? await NextId(cancel), touching, late, watched, now, cancel);
            var decision = known is null ? fresh.Begin(now) : known.Again(fresh, now);
            if (decision is not Decision<WatchedTransaction>.Changed changed)
            {
                return;
            }

            Document[] also = known is null && late is not null ? [late.With([changed.Next], now)] : [];
            if (await Stored([changed.Next, .. changed.Beside, .. also], cancel) is not { } stored)
            {
                // It is told as something that was not seen; what comes after it in the chain must not wait for it.
                (touching, judged) = (KeptTransaction.Least(touching), null);
            }
            else if (stored)
            {
                LogJudged(changed.Next.Id, touching.Transaction.Hash, touching.Chain, touching.Block.Number, changed.Next.Kind, changed.Next.Judgement.Deciding.Verdict.Rule);
                await alerts.Settle(changed.Next with { Version = changed.Next.Version + 1 }, cancel);
                names.Look(changed.Next);
                return;
            }
        }

        throw new StoreException($"{touching.Transaction.Hash} changed {Attempts} times while it was being stored.");
    }

    /// <returns>Null where it is more than can be stored.</returns>
    private async Task<bool?> Stored(IReadOnlyList<Document> documents, CancellationToken cancel)
    {
        try
        {
            return await decider.Store(documents, cancel);
        }
        catch (TooLargeException fault)
        {
            LogTooLarge(fault);
            return null;
        }
    }

    private async Task<WatchedTransaction> Judged(string id, TouchingTransaction touching, CatchUp? late, Watched watched, Instant now, CancellationToken cancel)
    {
        var outcome = await judge.Of(touching, watched, cancel);
        var severity = outcome.Judgement.Deciding.Verdict.Severity.Say();
        // Where its alert would go is where its card stands.
        var route = routes.RouteOf(ContractSignals.Source, new Alerts.Signal(id, true, new Dictionary<string, string> { ["severity"] = severity, ["contract"] = outcome.Judgement.Deciding.Label, ["chain"] = touching.Chain }, new Dictionary<string, string>()));
        var judged = new WatchedTransaction(id, touching, outcome.Words, outcome.Judgement, now)
        {
            Sender = outcome.Sender,
            Changes = outcome.Changes,
            Signing = outcome.Signing,
            Channel = route.Channel,
            Zone = (await oncall.Book(cancel)).Zone(route.Rotation),
            ChangedAt = now,
        };
        return judged with
        {
            Told = (outcome.Judgement.Deciding.Verdict.Kind, late) switch
            {
                (VerdictKind.Normal, _) => Telling.Digest,
                (VerdictKind.Review, null) => await IsBurst(judged, MostReviews, now, cancel) ? Telling.Digest : Telling.Card,
                (VerdictKind.Review, _) => Telling.Digest,
                (_, null) => await IsBurst(judged, CatchUp.MostCards, now, cancel) ? Telling.Folded : Telling.Card,
                _ => late.Abnormal < CatchUp.MostCards ? Telling.Card : Telling.Folded,
            },
        };
    }

    /// <summary>Whether so many cards of its like were just posted that one more would only hide others.</summary>
    private async Task<bool> IsBurst(WatchedTransaction judged, int most, Instant now, CancellationToken cancel)
    {
        var before = await store.List(WatchedTransaction.Received, Keys.Between(Keys.At(now - Burst), Keys.At(now) + "|~"), MostLookedAt, descending: true, cancel);
        return before.Count(each => each.Id != judged.Id && each is { Told: Telling.Card, Seen.CaughtUp: false } && each.Like == judged.Like) >= most;
    }

    private async Task<CatchUp> Late(TouchingTransaction touching, Instant now, CancellationToken cancel)
    {
        var last = await store.List(Index<CatchUp>.Id, Keys.Prefix(CatchUp.PrefixOf(touching.Chain)), 1, descending: true, cancel);
        return last is [var open] && open.GoesOn(now)
            ? open
            : new CatchUp($"{CatchUp.PrefixOf(touching.Chain)}{Keys.At(now)}", touching.Chain, touching.Block.At, routes.Otherwise.Channel) { Until = touching.Block.At };
    }

    private async Task<string> NextId(CancellationToken cancel) => $"{WatchedTransaction.Series}-{await store.NextNumber(WatchedTransaction.Series, cancel)}";

    [LoggerMessage(LogLevel.Information, "{Transaction}: {Hash} on {Chain} in block {Block} is {Kind} by {Rule}")]
    private partial void LogJudged(string transaction, Word hash, string chain, long block, VerdictKind kind, string? rule);

    [LoggerMessage(LogLevel.Warning, "A transaction is too large to be stored; the least of it is, and it is judged as one that could not be read")]
    private partial void LogTooLarge(Exception fault);

    [LoggerMessage(LogLevel.Information, "{Transaction}: {Hash} stood in block {Block}, which left the chain")]
    private partial void LogLeft(string transaction, Word hash, long block);
}
