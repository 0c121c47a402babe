using ChatOps.Core.Chat;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Digests;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>What happened with what is watched since the last time: by address, with who sent and signed it, what was moved, what was thought of it, what still waits, and what is in it now and was before.</summary>
internal sealed class ContractsDigest(IStore store, WatchList list, WatchSettings settings) : IDigest
{
    private const int Page = 500;
    private const int MostThings = 15;
    private const int MostWaiting = 10;
    private const int PicturedDays = 14;

    public static DigestDefault Default { get; } = new("Contracts", "0 0 9 ? * MON-FRI");

    public string Name => Default.Name;

    public string Nothing => "Watched contracts: nothing touched them.";

    public async Task<Card?> Make(DigestSpan span, CancellationToken cancel)
    {
        var watched = await list.Read(cancel);
        if (settings.Chains.Count == 0 || watched.All.Count == 0)
        {
            return null;
        }

        var tallies = await Tallies(span, watched, cancel);
        var waiting = await store.List(WatchedTransaction.Waiting, Keys.All, MostWaiting + 1, cancel: cancel);
        var total = tallies.Values.Sum(tally => tally.Transactions);
        var (balances, changed) = await Balances(watched, span, cancel);
        if (total == 0 && !changed && waiting.Count == 0)
        {
            return null;
        }

        var things = tallies.OrderByDescending(each => each.Value.Abnormal + each.Value.Review).ThenByDescending(each => each.Value.Transactions).ToList();
        var lines = new List<Markup>
        {
            Markup.Of($"{WallClock.Say(span.From, span.Zone)} to {WallClock.Say(span.To, span.Zone)}: {(total == 0 ? $"nothing touched the {watched.All.Count} watched {(watched.All.Count == 1 ? "address" : "addresses")}" : $"{things.Count} of {watched.All.Count} watched {(watched.All.Count == 1 ? "address" : "addresses")} {(things.Count == 1 ? "was" : "were")} used")}."),
        };
        var most = things.Count == 0 ? 1 : things.Max(each => each.Value.Transactions);
        foreach (var (key, tally) in things.Take(MostThings))
        {
            lines.Add(tally.Line(most));
        }

        if (things.Count > MostThings)
        {
            lines.Add(Markup.Of($"… and {things.Count - MostThings} more"));
        }

        lines.AddRange(balances);
        if (waiting.Count > 0)
        {
            lines.Add(Markup.Of($"**Still waiting for a judgement** ({(waiting.Count > MostWaiting ? $"more than {MostWaiting}" : $"{waiting.Count}")}): press Normal or Abnormal on the card, or `/watch tx T-5`"));
            lines.AddRange(waiting.Take(MostWaiting).Select(each => Markup.Of($"• {TransactionCard.Line(each)} · {each.Seen.Transaction.Hash}")));
        }

        return new("Watched contracts", CardState.Info) { Text = Markup.Lines(lines), Picture = await Days(span, cancel) };
    }

    private async Task<Picture> Days(DigestSpan span, CancellationToken cancel)
    {
        var columns = new List<PictureColumn>();
        for (var back = PicturedDays; back > 0; back--)
        {
            var (from, to) = (span.To - Duration.FromDays(back), span.To - Duration.FromDays(back - 1));
            columns.Add(new(WallClock.SayDay(from, span.Zone), (int)await store.Count(WatchedTransaction.Received, Keys.Between(Keys.At(from), Keys.At(to)), cancel)));
        }

        return new("Transactions of watched contracts a day", columns);
    }

    // By when they came and not by when they were mined: what was read late has stood in no digest before.
    private async Task<Dictionary<string, ContractTally>> Tallies(DigestSpan span, Watched watched, CancellationToken cancel)
    {
        var tallies = new Dictionary<string, ContractTally>();
        var next = Keys.At(span.From);
        while (true)
        {
            var page = await store.List(WatchedTransaction.Received, Keys.Between(next, Keys.At(span.To)), Page, cancel: cancel);
            foreach (var transaction in page.Where(each => each.RetractedAt is null))
            {
                foreach (var part in transaction.Judgement.Parts.GroupBy(part => part.Thing))
                {
                    var key = WatchedThing.KeyOf(transaction.Seen.Chain, part.Key);
                    tallies[key] = (tallies.GetValueOrDefault(key) ?? new ContractTally(part.Key, part.First().Label)).With(transaction, [.. part], watched);
                }
            }

            if (page.Count < Page)
            {
                return tallies;
            }

            next = WatchedTransaction.Received.KeyOf(page[^1]) + '\u0001';
        }
    }

    private async Task<(List<Markup> Lines, bool Changed)> Balances(Watched watched, DigestSpan span, CancellationToken cancel)
    {
        var lines = new List<Markup>();
        var changed = false;
        foreach (var thing in watched.All)
        {
            if (await store.Find<WatchedState>(thing.Key, cancel) is not { } state)
            {
                continue;
            }

            foreach (var unit in state.Balances.Keys.Order(StringComparer.Ordinal))
            {
                if (state.BalanceAt(unit, span.From) is { } before && state.BalanceAt(unit, span.To) is { } now && (now != before || (thing.IsWallet && now != 0)))
                {
                    changed |= now != before;
                    lines.Add(Markup.Of($"• {thing.Label}: {StateWords.Balance(unit, now)}{(now == before ? ", as before" : $", before {StateWords.Balance(unit, before)} ({(now > before ? "+" : "")}{StateWords.Balance(unit, now - before)})")}"));
                }
            }
        }

        return (lines.Count == 0 ? [] : [Markup.Of($"**What is in them**"), .. lines], changed);
    }
}
