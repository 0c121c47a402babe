using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>Loads, decides and stores what people say of transactions.</summary>
internal sealed partial class TransactionService(
    IStore store, Decider decider, AlertService alerts, TransactionAlerts work, RuleBook book, WatchList list, TransactionJudge judge, TimeProvider clock, ILogger<TransactionService> log)
{
    public async Task<Decision<WatchedTransaction>> Normal(string id, string why, RuleScope scope, Actor by, CancellationToken cancel)
    {
        var rule = scope == RuleScope.Once || await Find(id, cancel) is not { } transaction ? null : RuleScopes.Of(transaction, scope, why, by.Person, clock.Now());
        if (rule is not null && await store.Find<ChatRule>(rule.Id, cancel) is { } before)
        {
            rule = rule with { Version = before.Version };
        }

        if (rule is not null && await Objection(id, rule, cancel) is { } objection)
        {
            return new Decision<WatchedTransaction>.Refused(objection);
        }

        var decision = await Change(id, by, "judged normal", transaction =>
            transaction.Normal(why, rule?.Name, by, clock.Now()) is Decision<WatchedTransaction>.Changed changed && rule is not null ? changed with { Beside = [.. changed.Beside, rule] } : transaction.Normal(why, rule?.Name, by, clock.Now()), cancel);
        await book.Read(cancel, anew: rule is not null);
        return decision;
    }

    public async Task<Decision<WatchedTransaction>> Abnormal(string id, string? why, Actor by, CancellationToken cancel)
    {
        var decision = await Change(id, by, "judged abnormal", transaction => transaction.Abnormal(why, by, clock.Now()), cancel);
        // One that had no alert was just told to whoever is on call; one that had is told to the next.
        if (decision is Decision<WatchedTransaction>.Changed changed && changed.Next.Judgement.Deciding.Verdict.Kind == VerdictKind.Abnormal && await alerts.About(id, cancel) is { IsOpen: true } alert)
        {
            await alerts.Escalate(alert.Id, by, cancel);
        }

        return decision;
    }

    /// <summary>Whoever takes it has its alert, if there is one.</summary>
    public async Task<(Markup Words, bool Refused)> Take(string id, Actor by, CancellationToken cancel)
    {
        if (await alerts.About(id, cancel) is { IsOpen: true } alert)
        {
            return await alerts.Acknowledge(alert.Id, by, cancel) switch
            {
                Decision<Alert>.Refused refused => (refused.Why, true),
                _ => (Markup.Of($"You have {id}: nobody else is told of it."), false),
            };
        }

        return await Change(id, by, "took", transaction => transaction.Take(by, clock.Now()), cancel) switch
        {
            Decision<WatchedTransaction>.Refused refused => (refused.Why, true),
            _ => (Markup.Of($"You have {id}."), false),
        };
    }

    public ValueTask<WatchedTransaction?> Find(string id, CancellationToken cancel) => store.Find<WatchedTransaction>(id, cancel);

    /// <summary>By T-5, or by the hash on any chain.</summary>
    public async ValueTask<WatchedTransaction?> Named(string text, WatchSettings settings, CancellationToken cancel)
    {
        if (!Word.TryParse(text.Trim(), out var hash))
        {
            return TransactionIds.Read(text) is { } id ? await Find(id, cancel) : null;
        }

        foreach (var chain in settings.Chains)
        {
            if (await store.List(WatchedTransaction.ByHash, Keys.Exactly(WatchedTransaction.KeyOf(chain.Name, hash)), 1, cancel: cancel) is [var found])
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Those that wait for a judgement, the oldest first.</summary>
    public ValueTask<IReadOnlyList<WatchedTransaction>> Waiting(int limit, CancellationToken cancel) => store.List(WatchedTransaction.Waiting, Keys.All, limit, cancel: cancel);

    public ValueTask<IReadOnlyList<WatchedTransaction>> Newest(int limit, CancellationToken cancel) => store.List(WatchedTransaction.Mined, Keys.All, limit, descending: true, cancel);

    /// <summary>What keeps a rule from letting the like of a transaction pass, or null.</summary>
    private async Task<Markup?> Objection(string id, ChatRule rule, CancellationToken cancel)
    {
        if (await Find(id, cancel) is not { } transaction || rule.Rule is not { } read)
        {
            return Markup.Of($"No rule can be made of it: what it is about has no name that a rule could use.");
        }

        var made = await store.List(Index<ChatRule>.Id, Keys.All, cancel: cancel);
        var judged = await judge.Again(transaction.Seen, book.With([read, .. made.Where(each => each.Id != rule.Id).Select(each => each.Rule).OfType<Rule>()]), list.Now, cancel, online: true);
        return judged is null ? Markup.Of($"A rule would not help: nothing it touches is watched any more. Say that it is normal this once.")
            : judged.Deciding.Verdict is { Kind: not VerdictKind.Normal } verdict
            ? Markup.Of($"A rule would not help: it would still be {verdict.Kind.ToString().ToLowerInvariant()}, because {verdict.Why}{(verdict.Rule is { } other ? $" (rule \"{other}\", which goes before)" : "")} Say that it is normal this once.")
            : null;
    }

    private async Task<Decision<WatchedTransaction>> Change(string id, Actor by, string what, Func<WatchedTransaction, Decision<WatchedTransaction>> decide, CancellationToken cancel)
    {
        var decision = await decider.Change(id, decide, Markup.Of($"There is no transaction {id}. `/watch tx` shows the newest."), cancel);
        if (decision is Decision<WatchedTransaction>.Changed changed)
        {
            LogChanged(id, by.Person, what, by.Via);
            await work.Settle(changed.Next, cancel);
        }

        return decision;
    }

    [LoggerMessage(LogLevel.Information, "{Transaction}: {Person} {What} it by {Via}")]
    private partial void LogChanged(string transaction, string person, string what, string via);
}
