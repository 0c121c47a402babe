namespace ChatOps.Core.Contracts.Chains;

/// <summary>
/// Where the follower of a chain brings what it reads. Everything may come again after a crash: what is known already changes nothing. The follower moves its
/// cursor only when these have returned.
/// </summary>
public interface ITransactionIntake
{
    /// <summary>What is watched on a chain now. Asked before each batch of blocks.</summary>
    IReadOnlySet<Address> Watched(string chain);

    /// <summary>Decodes, judges and stores what a block holds, or several old ones, in their order.</summary>
    Task Receive(IReadOnlyList<TouchingTransaction> transactions, CancellationToken cancel);

    /// <summary>These blocks are not in the chain any more. A transaction of theirs that stands in another block comes by <see cref="Receive"/> afterwards.</summary>
    Task Retract(string chain, IReadOnlyList<BlockRef> gone, CancellationToken cancel);

    /// <summary>A block was read to its end, with or without transactions of ours: what is probed every so many blocks is probed at it.</summary>
    Task Passed(IChainClient chain, BlockRef block, CancellationToken cancel);
}
