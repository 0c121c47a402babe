using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Naming;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Storage;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>What there is to say of a transaction.</summary>
/// <param name="Judgement">What the rules say.</param>
/// <param name="Words">What it does, line by line.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="Changes">What it changed.</param>
/// <param name="Signing">Who has signed.</param>
internal sealed record JudgedTransaction(Judgement Judgement, IReadOnlyList<string> Words, string Sender, IReadOnlyList<StateChange> Changes, IReadOnlyList<SigningState> Signing);

/// <summary>Decodes a transaction and asks the rules.</summary>
internal sealed partial class TransactionJudge(
    IStore store, TransactionReader reader, RuleBook rules, ProposalMemory proposals, StateReading states, TokenUnits units, ILogger<TransactionJudge> log)
{
    public async Task<JudgedTransaction> Of(TouchingTransaction touching, Watched watched, CancellationToken cancel)
    {
        var reading = await reader.Read(touching, watched, online: true, cancel);
        await proposals.Learn(touching, reading.Call, watched, cancel);
        var judgement = await Judged(touching, PartReading.Of(touching, reading, watched), await rules.Read(cancel), watched, cancel);
        return new(
            judgement,
            TransactionWords.Of(reading, judgement, new WatchedNames(touching.Chain, watched, await units.Of(touching, reading, reader.Client(touching.Chain), cancel))),
            watched.NameOf(touching.Chain, touching.Transaction.From),
            await Changes(touching, reading, judgement, watched, cancel),
            await proposals.Of(touching, reading.Call, watched, cancel));
    }

    /// <summary>Its block left the chain: what it changed there is not what is expected any more.</summary>
    public async Task Forget(WatchedTransaction gone, CancellationToken cancel)
    {
        foreach (var thing in gone.Changes.Where(change => change.Thing.Length > 0).GroupBy(change => change.Thing))
        {
            await states.Untold(thing.Key, [.. thing], cancel);
        }
    }

    /// <summary>What other rules would say, or null where nothing that it touches is watched. Nothing is asked of the chain: it is judged from what is stored of it.</summary>
    public async Task<Judgement?> Again(TouchingTransaction touching, IReadOnlyList<Rule> rules, Watched watched, CancellationToken cancel, bool online = false) =>
        PartReading.Of(touching, await reader.Read(touching, watched, online, cancel), watched) is { Parts.Count: > 0 } facts ? await Judged(touching, facts, rules, watched, cancel) : null;

    private async Task<Judgement> Judged(TouchingTransaction touching, JudgedFacts facts, IReadOnlyList<Rule> rules, Watched watched, CancellationToken cancel)
    {
        var counts = new Dictionary<(string, Duration), int>();
        // Only transactions that a rule with a rate is about make the store count.
        foreach (var rule in rules.Where(rule => rule.Rate is not null && facts.Parts.Any(part => rule.Matches(part, facts, watched))))
        {
            counts[(rule.Name, rule.Rate!.Within)] = await Count(touching, rule, cancel);
        }

        return Judge.Of(facts, rules, watched, (rule, within) => counts.GetValueOrDefault((rule.Name, within)));
    }

    private async Task<int> Count(TouchingTransaction touching, Rule rule, CancellationToken cancel)
    {
        var from = Keys.At(touching.Block.At - rule.Rate!.Within);
        var before = await store.List(WatchedTransaction.OnChain, Keys.Between($"{touching.Chain}|{from}", $"{touching.Chain}|{Keys.At(touching.Block.At)}|~"), cancel: cancel);
        return before.Count(each => each.RetractedAt is null && each.Seen.Transaction.Hash != touching.Transaction.Hash && each.Judgement.Counted.Contains(rule.Name));
    }

    private async Task<IReadOnlyList<StateChange>> Changes(TouchingTransaction touching, TransactionReading reading, Judgement judgement, Watched watched, CancellationToken cancel)
    {
        if (judgement.Deciding.Verdict.Kind == VerdictKind.Normal || !touching.Receipt.Succeeded || touching.CaughtUp || reader.Client(touching.Chain) is not { } client)
        {
            return [];
        }

        try
        {
            var called = reading.Call.All.Select(call => call.To).OfType<Address>();
            var changes = await states.Changed(client, touching.Block, touching.Touched.Concat(called), watched, cancel);
            foreach (var thing in changes.GroupBy(change => change.Thing))
            {
                // Whoever reads the card knows: the probe is not to tell the same once more.
                await states.Told(thing.Key, thing.ToDictionary(change => change.Name, change => change.After), cancel);
            }

            return [.. changes.Select(change => StateReading.Say(change.Thing, change.Name, change.Before, change.After, watched) with { Thing = change.Thing.Key, Was = change.Before, Is = change.After })];
        }
        catch (ChainException fault)
        {
            LogNotRead(fault, touching.Transaction.Hash);
            return [];
        }
    }

    [LoggerMessage(LogLevel.Warning, "What {Hash} changed could not be read; the next probe tells of it")]
    private partial void LogNotRead(Exception fault, Word hash);
}
