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

    /// <param name="from">Block times, included.</param>
    /// <param name="to">Excluded.</param>
    /// <param name="rule">Asked before all others, or null.</param>
    /// <param name="line">Told for each transaction, in order of time.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many there were of each verdict, and how many were judged otherwise when they came.</returns>
    public async Task<(IReadOnlyDictionary<VerdictKind, int> Counts, int Otherwise)> Run(Instant from, Instant to, Rule? rule, Action<ReplayLine> line, CancellationToken cancel)
    {
        await _list.Reload(cancel);
        var rules = await _book.Read(cancel, anew: true);
        rules = rule is null ? rules : [rule, .. rules];
        var counts = Enum.GetValues<VerdictKind>().ToDictionary(kind => kind, _ => 0);
        var otherwise = 0;
        var next = Keys.At(from);
        while (true)
        {
            var page = await _store.List(WatchedTransaction.Mined, Keys.Between(next, Keys.At(to)), Page, cancel: cancel);
            foreach (var transaction in page.Where(each => each.RetractedAt is null))
            {
                var judged = await _judge.Again(transaction.Seen, rules, _list.Now, cancel);
                counts[judged.Deciding.Verdict.Kind]++;
                otherwise += judged.Deciding.Verdict.Kind == transaction.Judgement.Deciding.Verdict.Kind ? 0 : 1;
                line(new(transaction, judged.Deciding));
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
public sealed record ReplayLine(WatchedTransaction Transaction, PartVerdict Now)
{
    /// <summary>"T-5 2026-11-23T10:00:00Z abnormal (was normal) changeController on SNT: no rule …".</summary>
    public override string ToString()
    {
        var before = Transaction.Judgement.Deciding.Verdict.Kind;
        return $"{Transaction.Id} {Transaction.Seen.Block.At} {Word(Now.Verdict.Kind)}{(before == Now.Verdict.Kind ? "" : $" (was {Word(before)})")} {(Transaction.Failed ? "failed " : "")}{Now.What} on {Now.Label}: {(Now.Verdict.Rule is { } rule ? $"rule \"{rule}\"" : Now.Verdict.Why)} {Transaction.Seen.Transaction.Hash}";
    }

    private static string Word(VerdictKind kind) => kind.ToString().ToLowerInvariant();
}
