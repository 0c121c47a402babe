using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Time;
using ChatOps.Ethereum.Parsing;
using ChatOps.Ethereum.Rpc;
using NodaTime;

namespace ChatOps.Ethereum;

/// <summary>Asks all endpoints of a chain and compares what they say.</summary>
internal sealed class ChainSurvey(RpcEndpoints endpoints, TimeProvider clock)
{
    /// <summary>An endpoint that is so many blocks behind the furthest is asked after the others.</summary>
    private const int SlowBehind = 3;

    // Where an endpoint does not know the tags: on Ethereum one epoch for safe and, with room, two for finalized.
    private const int SafeDepth = 32;
    private const int FinalDepth = 96;

    /// <summary>A head that is so far above one that is fresh is not believed: no chain makes so many blocks within <see cref="Fresh"/>.</summary>
    private const int FarAbove = 10_000;

    private static readonly Duration Fresh = Duration.FromMinutes(10);

    /// <summary>The highest block that is final, as far as is known; below zero: none. Where there are several endpoints two of them are that far.</summary>
    public long Settled { get; private set; } = -1;

    /// <summary>How the endpoints contradict one another; null: they do not.</summary>
    public string? Disagreement { get; private set; }

    /// <summary>Looks how all endpoints stand that can be asked.</summary>
    public async Task Look(CancellationToken cancel)
    {
        var heads = await Each((endpoint, stop) => Head(endpoint, stop), cancel);
        if (heads.Count == 0)
        {
            return;
        }

        Disagreement = null;
        heads = Believed(heads);
        var furthest = heads[0].Answer.Number;
        var agreed = heads[Math.Min(1, heads.Count - 1)].Answer.Number;
        heads.ForEach(each => each.Endpoint.State.IsSlow = each.Answer.Number < furthest - SlowBehind);
        var safe = Math.Max(0, Math.Min(agreed, await Tagged("safe", cancel) ?? agreed - SafeDepth));
        Settled = Math.Min(agreed - ChainCursor.NeverFinal, await Tagged("finalized", cancel) ?? agreed - FinalDepth);
        var told = endpoints.All.Count == 1 ? [] : await Each((endpoint, stop) => EthereumClient.Block(endpoint, Hex.Of(safe), stop), cancel);
        if (told.Select(each => each.Answer.Hash).Distinct().Count() > 1)
        {
            Disagreement = $"Block {safe} should be settled, and is {string.Join(", ", told.Select(each => $"{each.Answer.Hash} at {each.Endpoint.Name}"))}. Take the wrong one out of Chains:…:RpcUrls.";
        }
    }

    /// <summary>
    /// Whether a block that was read has left the chain. Most endpoints decide. With as many on both sides it stays until more have followed, because who makes up blocks of its own
    /// can be as far as it likes; unless those with the block stand still. Who contradicts itself does not count. Those that lose are left alone for a moment.
    /// </summary>
    /// <exception cref="ChainException">Nobody who can be believed has a block there.</exception>
    public async Task<bool> HasLeft(BlockRef block, CancellationToken cancel)
    {
        var votes = (await Each((endpoint, stop) => Vote(endpoint, block, stop), cancel)).Where(each => each.Answer.Has).ToList();
        if (votes.Count == 0)
        {
            throw new ChainException($"No endpoint that can be believed has a block {block.Number}.");
        }

        var (stay, left) = (votes.Where(each => each.Answer.Stays).ToList(), votes.Where(each => !each.Answer.Stays).ToList());
        var hasLeft = left.Count != stay.Count ? left.Count > stay.Count : left.Any(each => IsFresh(each.Answer.Head)) && !stay.Any(each => IsFresh(each.Answer.Head));
        foreach (var (endpoint, _) in hasLeft ? stay : left)
        {
            endpoint.State.Fails(new RpcFault(RpcFaultKind.Behind, $"has another block {block.Number} than the other endpoints"));
        }

        return hasLeft;
    }

    private bool IsFresh(BlockRef? head) => head is not null && clock.Now() - head.At < Fresh;

    /// <summary>The furthest first, without those that no chain can have.</summary>
    private List<(RpcEndpoint Endpoint, BlockRef Answer)> Believed(List<(RpcEndpoint Endpoint, BlockRef Answer)> heads)
    {
        var all = heads.OrderByDescending(each => each.Answer.Number).ToList();
        while (all is [var top, var next, ..] && top.Answer.Number - next.Answer.Number > FarAbove && IsFresh(next.Answer))
        {
            top.Endpoint.State.IsSlow = true;
            Disagreement = $"{top.Endpoint.Name} calls {top.Answer.Number} its newest block, and {next.Endpoint.Name} {next.Answer.Number}. Take the wrong one out of Chains:…:RpcUrls.";
            top.Endpoint.State.Fails(new RpcFault(RpcFaultKind.Behind, $"calls {top.Answer.Number} its newest block, and the others are at {next.Answer.Number}"));
            all.RemoveAt(0);
        }

        return all;
    }

    private static async Task<(bool Has, bool Stays, BlockRef? Head)?> Vote(RpcEndpoint endpoint, BlockRef block, CancellationToken cancel)
    {
        // Also the one below: who spoils every hash at the head has nothing yet that stands on it.
        var three = await EthereumClient.Blocks(endpoint, [Math.Max(0, block.Number - 1), block.Number, block.Number + 1], cancel);
        var head = await EthereumClient.Block(endpoint, "latest", cancel);
        foreach (var (below, above) in three.Zip(three.Skip(1)))
        {
            if (above is { Number: > 0 } && above.Parent != below?.Hash)
            {
                throw new RpcFault(RpcFaultKind.Behind, $"its block {above.Number} does not stand on its block {above.Number - 1}");
            }
        }

        return (three[1] is not null, three[1]?.Hash == block.Hash, head);
    }

    private async Task<BlockRef?> Head(RpcEndpoint endpoint, CancellationToken cancel)
    {
        await endpoints.CheckChain(endpoint, cancel);
        return await EthereumClient.Block(endpoint, "latest", cancel);
    }

    /// <summary>The number of the block that a tag stands for, from the first endpoint that knows it.</summary>
    private async Task<long?> Tagged(string tag, CancellationToken cancel)
    {
        foreach (var endpoint in endpoints.All.Where(endpoint => endpoint.State is { Resting: null, IsSlow: false, Trouble: null }))
        {
            try
            {
                return (await EthereumClient.Block(endpoint, tag, cancel))?.Number;
            }
            catch (RpcFault)
            {
                // It does not know tags, or not this one yet.
            }
        }

        return null;
    }

    private async Task<List<(RpcEndpoint Endpoint, T Answer)>> Each<T>(Func<RpcEndpoint, CancellationToken, Task<T?>> ask, CancellationToken cancel)
        where T : class => [.. (await All(ask, cancel)).Where(each => each.Answer is not null).Select(each => (each.Endpoint, each.Answer!))];

    private async Task<List<(RpcEndpoint Endpoint, T Answer)>> Each<T>(Func<RpcEndpoint, CancellationToken, Task<T?>> ask, CancellationToken cancel)
        where T : struct => [.. (await All(ask, cancel)).Where(each => each.Answer is not null).Select(each => (each.Endpoint, each.Answer!.Value))];

    private async Task<IEnumerable<(RpcEndpoint Endpoint, T? Answer)>> All<T>(Func<RpcEndpoint, CancellationToken, Task<T?>> ask, CancellationToken cancel) =>
        await Task.WhenAll(endpoints.All.Where(endpoint => endpoint.State.Resting is null).Select(async endpoint =>
        {
            try
            {
                return (endpoint, await endpoints.Try(endpoint, ask, cancel));
            }
            catch (RpcFault)
            {
                return (endpoint, default(T));
            }
        }));
}
