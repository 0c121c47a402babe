using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Benchmarks.Chains;

/// <summary>Counts what a follower brings. What decodes, judges and stores can be put in its place.</summary>
internal sealed class CountingIntake : ITransactionIntake
{
    private readonly HashSet<Address> _watched = [.. BusyChain.Watched];

    public int Transactions { get; private set; }

    public int Blocks { get; private set; }

    public IReadOnlySet<Address> Watched(string chain) => _watched;

    public Task Receive(IReadOnlyList<TouchingTransaction> transactions, CancellationToken cancel)
    {
        Transactions += transactions.Count;
        return Task.CompletedTask;
    }

    public Task Retract(string chain, IReadOnlyList<BlockRef> gone, CancellationToken cancel) => throw new InvalidOperationException("This chain is never reorganised.");

    public Task Passed(IChainClient chain, BlockRef block, CancellationToken cancel)
    {
        Blocks++;
        return Task.CompletedTask;
    }
}
