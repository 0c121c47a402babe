namespace ChatOps.Core.Contracts.Chains;

/// <summary>A transaction that has to do with something watched, and all that the chain says of it.</summary>
/// <param name="Chain">The name of the chain in the settings.</param>
/// <param name="Block">Where it stands now; after a reorganisation it may stand elsewhere.</param>
/// <param name="Transaction">As it was signed.</param>
/// <param name="Receipt">What became of it.</param>
/// <param name="Calls">The calls inside it, or null where no endpoint traces.</param>
/// <param name="Touched">The watched addresses that it has to do with: to, from, created, an emitter of a log, either side of a token's transfer, a call inside.</param>
/// <param name="CaughtUp">It happened long ago and is read only now: it is told in a digest and not one by one.</param>
public sealed record TouchingTransaction(
    string Chain, BlockRef Block, ChainTransaction Transaction, ChainReceipt Receipt, IReadOnlyList<ChainCall>? Calls, IReadOnlyList<Address> Touched, bool CaughtUp);
