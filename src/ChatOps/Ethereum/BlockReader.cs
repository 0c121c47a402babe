using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Ethereum.Rpc;

namespace ChatOps.Ethereum;

/// <summary>
/// Reads blocks and finds what is ours in them. All of a piece comes from one endpoint and is checked against the blocks' own hashes and blooms; what does not fit is read
/// from another.
/// </summary>
internal sealed class BlockReader(ChainSettings chain, RpcEndpoints endpoints)
{
    private readonly ChainHabits _habits = new();
    private WatchedAddresses _watched = new(new HashSet<Address>());

    /// <summary>How many blocks make an answer of a good size, as the last ones were.</summary>
    public int GoodCount => _habits.GoodCount;

    /// <param name="first">The number of the first.</param>
    /// <param name="count">How many, at least one; all of them must be there.</param>
    /// <param name="addresses">What is watched.</param>
    /// <param name="settled">They cannot be replaced any more: their logs may be asked for by number, and by what is watched, for all at once.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<ReadBlock>> Read(long first, int count, IReadOnlySet<Address> addresses, bool settled, CancellationToken cancel)
    {
        var watched = Watched(addresses);
        var (by, found) = await endpoints.Ask(async (endpoint, stop) => (endpoint, await new BlockReading(endpoint, watched, _habits, chain.Traces, stop).Read(first, count, settled)), cancel);
        var traces = await Traces([.. found.SelectMany(block => block.Touching).Where(touching => touching.Calls is null).Select(touching => touching.Transaction)], cancel);
        return [.. found.Select(block => new ReadBlock(block.Block, [.. block.Touching.Select(each => Told(block.Block, each, watched, traces))], by, watched))];
    }

    /// <summary>The same blocks as that endpoint shows them, without what only traces show.</summary>
    /// <exception cref="RpcFault">It does not show them.</exception>
    public async Task<IReadOnlyList<ReadBlock>> ReadAgain(IReadOnlyList<ReadBlock> blocks, RpcEndpoint endpoint, CancellationToken cancel)
    {
        var watched = blocks[0].Watched;
        var found = await new BlockReading(endpoint, watched, _habits, traces: false, cancel).Read(blocks[0].Block.Number, blocks.Count, settled: false);
        return [.. found.Select(block => new ReadBlock(block.Block, [.. block.Touching.Select(each => Told(block.Block, each, watched, new Dictionary<Word, IReadOnlyList<ChainCall>>()))], endpoint, watched))];
    }

    private TouchingTransaction Told(BlockRef block, FoundTransaction found, WatchedAddresses watched, IReadOnlyDictionary<Word, IReadOnlyList<ChainCall>> traces)
    {
        var calls = found.Calls ?? traces.GetValueOrDefault(found.Transaction.Hash);
        return new(chain.Name, block, found.Transaction, found.Receipt, calls, watched.TouchedBy(found.Transaction, found.Receipt, calls), CaughtUp: false);
    }

    /// <summary>The calls inside, each from the first endpoint that can; nothing where none can: they are never needed.</summary>
    public async Task<IReadOnlyDictionary<Word, IReadOnlyList<ChainCall>>> Traces(IReadOnlyList<ChainTransaction> transactions, CancellationToken cancel)
    {
        var traces = new Dictionary<Word, IReadOnlyList<ChainCall>>();
        foreach (var endpoint in endpoints.All.Where(endpoint => endpoint.Traces && endpoint.State is { Resting: null, IsSlow: false } state && state.ChainId == chain.ChainId))
        {
            List<ChainTransaction> left = [.. transactions.Where(transaction => !traces.ContainsKey(transaction.Hash))];
            foreach (var (hash, calls) in await Tracing.Transactions(endpoint, left, _watched, cancel))
            {
                traces[hash] = calls;
            }
        }

        return traces;
    }

    private WatchedAddresses Watched(IReadOnlySet<Address> addresses)
    {
        var ready = _watched;
        if (!ReferenceEquals(ready.Source, addresses) && !ready.Source.SetEquals(addresses))
        {
            _watched = ready = new(addresses.ToHashSet());
        }

        return ready;
    }
}
