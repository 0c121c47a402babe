using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>What the rules, with another in front, would have said over what is stored. Nothing is changed and nobody told.</summary>
public sealed class Replay
{
    private const int Page = 200;

    private readonly IStore _store;
    private readonly TransactionJudge _judge;
    private readonly RuleBook _book;
    private readonly WatchList _list;

    internal Replay(IStore store, TransactionJudge judge, RuleBook book, WatchList list) => (_store, _judge, _book, _list) = (store, judge, book, list);

    /// <summary>A rule by its name or in words, or what is wrong with them; nothing for nothing.</summary>
    public async Task<(Rule? Rule, string? Fault)> RuleOf(string? words, CancellationToken cancel)
    {
        var (rule, fault) = RuleText.Meant(words, await _book.Read(cancel, anew: true));
        return (rule, fault);
    }

    /// <summary>All rules as they are now, with another in front.</summary>
    public async Task<IReadOnlyList<Rule>> RulesWith(Rule? rule, CancellationToken cancel)
    {
        await _list.Reload(cancel);
        var rules = await _book.Read(cancel, anew: true);
        return rule is null ? rules : [rule, .. rules];
    }

    /// <summary>Judges what was just read from a chain. What a proposal was and what a rule with a rate counts is remembered in the store, which has to be one that is thrown away.</summary>
    /// <param name="seen">The transaction.</param>
    /// <param name="rules">In the order in which they are asked.</param>
    /// <param name="number">How many came before.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ReplayLine> Judge(TouchingTransaction seen, IReadOnlyList<Rule> rules, int number, CancellationToken cancel)
    {
        var judged = await _judge.Again(seen, rules, _list.Now, cancel, online: true) ?? throw new InvalidOperationException($"Nothing that {seen.Transaction.Hash} touches is watched.");
        if (judged.Counted.Count > 0)
        {
            await _store.Commit(new Commit().Put(new WatchedTransaction($"{WatchedTransaction.Series}-{number}", seen, [], judged, seen.Block.At) { Sender = "", Changes = [], Signing = [], Told = Telling.Digest, Channel = "" }), cancel);
        }

        return new($"block {seen.Block.Number}", null, seen, judged.Deciding);
    }

    /// <param name="from">Block times, included.</param>
    /// <param name="to">Excluded.</param>
    /// <param name="rules">In the order in which they are asked.</param>
    /// <param name="line">Told for each transaction, in order of time.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many there were of each verdict, and how many were judged otherwise when they came.</returns>
    public async Task<(IReadOnlyDictionary<VerdictKind, int> Counts, int Otherwise)> Run(Instant from, Instant to, IReadOnlyList<Rule> rules, Action<ReplayLine> line, CancellationToken cancel)
    {
        var counts = Enum.GetValues<VerdictKind>().ToDictionary(kind => kind, _ => 0);
        var otherwise = 0;
        var next = Keys.At(from);
        while (true)
        {
            var page = await _store.List(WatchedTransaction.Mined, Keys.Between(next, Keys.At(to)), Page, cancel: cancel);
            foreach (var transaction in page.Where(each => each.RetractedAt is null))
            {
                if (await _judge.Again(transaction.Seen, rules, _list.Now, cancel) is not { } judged)
                {
                    // What it is about was taken from the watch list since.
                    continue;
                }

                counts[judged.Deciding.Verdict.Kind]++;
                otherwise += judged.Deciding.Verdict.Kind == transaction.Judgement.Deciding.Verdict.Kind ? 0 : 1;
                line(new(transaction.Id, transaction.Judgement.Deciding.Verdict.Kind, transaction.Seen, judged.Deciding));
            }

            if (page.Count < Page)
            {
                return (counts, otherwise);
            }

            next = WatchedTransaction.Mined.KeyOf(page[^1]) + '\u0001';
        }
    }
}

/// <summary>One transaction of a replay, and what would have been said.</summary>
/// <param name="Name">T-5, or its block.</param>
/// <param name="Before">What was said when it came; null: it comes from the chain.</param>
/// <param name="Seen">The transaction.</param>
/// <param name="Now">What decides now.</param>
public sealed record ReplayLine(string Name, VerdictKind? Before, TouchingTransaction Seen, PartVerdict Now)
{
    /// <summary>"T-5 2026-11-23T10:00:00Z abnormal (was normal) changeController on SNT: no rule …".</summary>
    public override string ToString() =>
        $"{Name} {Seen.Block.At} {Word(Now.Verdict.Kind)}{(Before is { } before && before != Now.Verdict.Kind ? $" (was {Word(before)})" : "")} {(Seen.Receipt.Succeeded ? "" : "failed ")}{Now.What} on {Now.Label}: {(Now.Verdict.Rule is { } rule ? $"rule \"{rule}\"" : Now.Verdict.Why)} {Seen.Transaction.Hash}";

    private static string Word(VerdictKind kind) => kind.ToString().ToLowerInvariant();
}
