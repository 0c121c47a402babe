using ChatOps.Core.Contracts;

namespace ChatOps.Benchmarks.Chains;

/// <summary>A transaction of a chain that was made up.</summary>
/// <param name="Hash">Its name: in a reorganisation the same may stand in another block.</param>
/// <param name="From">Who signed it.</param>
/// <param name="To">Null: it creates a contract.</param>
/// <param name="Nonce">Its number.</param>
/// <param name="Input">Calldata.</param>
/// <param name="Succeeded">Those that did not leave no logs.</param>
/// <param name="Logs">What it emits.</param>
internal sealed record MadeTransaction(Word Hash, Address From, Address? To, long Nonce, byte[] Input, bool Succeeded, IReadOnlyList<MadeLog> Logs);

internal sealed record MadeLog(Address Address, IReadOnlyList<Word> Topics, byte[] Data);
