using ChatOps.Core.Contracts.Chains;
using ChatOps.Ethereum.Rpc;

namespace ChatOps.Ethereum;

/// <summary>A block that was read to its end.</summary>
/// <param name="Block">Which.</param>
/// <param name="Touching">What of it is ours, in its order.</param>
/// <param name="By">Who has shown it.</param>
/// <param name="Watched">What was looked for.</param>
internal sealed record ReadBlock(BlockRef Block, IReadOnlyList<TouchingTransaction> Touching, RpcEndpoint By, WatchedAddresses Watched);
