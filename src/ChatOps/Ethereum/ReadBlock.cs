using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Ethereum;

/// <summary>A block that was read to its end, and what of it is ours, in its order.</summary>
internal sealed record ReadBlock(BlockRef Block, IReadOnlyList<TouchingTransaction> Touching);
