using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Time;
using ChatOps.Ethereum.Rpc;
using NodaTime;

namespace ChatOps.Ethereum;

/// <summary>
/// Has another endpoint show the newest blocks once more, some time after they were read. What fits together may still be half of the truth: an endpoint that leaves our
/// transactions out of a block makes no mistake that could be seen in its own words.
/// </summary>
internal sealed class SecondLook(ChainSettings chain, RpcEndpoints endpoints, BlockReader reader, TimeProvider clock)
{
    /// <summary>For so long after the last time it is told that they contradict one another.</summary>
    private static readonly Duration Told = Duration.FromHours(1);

    private List<ReadBlock> _waiting = [];
    private (Instant At, string Words)? _found;

    /// <summary>How endpoints show one block differently; null: they do not.</summary>
    public string? Contradiction => _found is { } found && clock.Now() - found.At < Told ? found.Words : null;

    /// <summary>These were read and may be looked at again. Nothing is kept where nobody else can be asked.</summary>
    public void Remember(IEnumerable<ReadBlock> blocks)
    {
        if (endpoints.All.Count > 1)
        {
            _waiting = [.. _waiting.Concat(blocks).TakeLast(ChainCursor.Depth)];
        }
    }

    /// <param name="standing">Those that are still in the chain; what happened in others is of no interest any more.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What was left out at first.</returns>
    public async Task<IReadOnlyList<TouchingTransaction>> Look(IReadOnlyList<BlockRef> standing, CancellationToken cancel)
    {
        var hashes = standing.Select(block => block.Hash).ToHashSet();
        var (left, missed) = (new List<ReadBlock>(), new List<TouchingTransaction>());
        var waiting = _waiting.Where(block => hashes.Contains(block.Block.Hash)).OrderBy(block => block.Block.Number).ToList();
        while (waiting.Count > 0)
        {
            var some = waiting.Take(reader.GoodCount).TakeWhile((block, i) => block.Block.Number == waiting[0].Block.Number + i && block.By == waiting[0].By && block.Watched == waiting[0].Watched).ToList();
            waiting.RemoveRange(0, some.Count);
            left.AddRange(await Again(some, cancel) is { } again ? some.Zip(again).Where(pair => !IsCompared(pair.First, pair.Second, missed)).Select(pair => pair.First) : some);
        }

        _waiting = left;
        return missed;
    }

    /// <summary>From the first of the others that has them; null where none has.</summary>
    private async Task<IReadOnlyList<ReadBlock>?> Again(List<ReadBlock> blocks, CancellationToken cancel)
    {
        foreach (var other in endpoints.All.Where(other => other != blocks[0].By && other.State is { Resting: null } state && state.ChainId == chain.ChainId && state.Head?.Number >= blocks[^1].Block.Number))
        {
            try
            {
                return await reader.ReadAgain(blocks, other, cancel);
            }
            catch (RpcFault)
            {
                // It is asked again later; that it does its own work is seen elsewhere.
            }
        }

        return null;
    }

    /// <returns>False where the other has another block there: who is right is settled elsewhere.</returns>
    private bool IsCompared(ReadBlock first, ReadBlock second, List<TouchingTransaction> missed)
    {
        if (first.Block.Hash != second.Block.Hash)
        {
            return false;
        }

        var (known, shown) = (ByHash(first), ByHash(second));
        var more = shown.Values.Where(each => !known.ContainsKey(each.Transaction.Hash)).ToList();
        missed.AddRange(more);
        // What only a trace shows the second does not know.
        var less = chain.Traces ? null : known.Keys.Except(shown.Keys).Select(hash => $"{first.By.Name} shows {hash}, and {second.By.Name} does not").FirstOrDefault();
        var what = more.Select(each => $"{second.By.Name} shows {each.Transaction.Hash}, and {first.By.Name} does not").FirstOrDefault() ?? less
            ?? (first.Block != second.Block ? $"{first.By.Name} and {second.By.Name} date it differently" : null)
            ?? shown.Values.Where(each => !IsSame(known[each.Transaction.Hash], each)).Select(each => $"{first.By.Name} and {second.By.Name} tell {each.Transaction.Hash} differently").FirstOrDefault();
        if (what is not null)
        {
            _found = (clock.Now(), $"Of block {first.Block.Number}, {what}. One of them leaves something out or makes it up: compare with an explorer, and take the wrong one out of Chains:…:RpcUrls.");
        }

        return true;
    }

    // Whoever lies may show one twice.
    private static Dictionary<Word, TouchingTransaction> ByHash(ReadBlock block) => block.Touching.DistinctBy(each => each.Transaction.Hash).ToDictionary(each => each.Transaction.Hash);

    private static bool IsSame(TouchingTransaction one, TouchingTransaction other) =>
        one.Transaction with { Input = default } == other.Transaction with { Input = default } && one.Transaction.Input.Span.SequenceEqual(other.Transaction.Input.Span)
        && one.Receipt.Succeeded == other.Receipt.Succeeded && one.Receipt.Created == other.Receipt.Created && one.Receipt.Logs.Count == other.Receipt.Logs.Count
        && one.Receipt.Logs.Zip(other.Receipt.Logs).All(logs => logs.First.Address == logs.Second.Address && logs.First.Topics.SequenceEqual(logs.Second.Topics) && logs.First.Data.Span.SequenceEqual(logs.Second.Data.Span));
}
