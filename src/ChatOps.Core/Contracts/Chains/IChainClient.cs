using System.Numerics;

namespace ChatOps.Core.Contracts.Chains;

/// <summary>
/// What a chain says about itself at one block, pinned to that block's hash: the same question gets the same answer whichever endpoint is asked. Throws
/// <see cref="ChainException"/> when no endpoint answers.
/// </summary>
public interface IChainClient
{
    /// <summary>The name of the chain in the settings.</summary>
    string Chain { get; }

    /// <summary>The newest block.</summary>
    Task<BlockRef> Head(CancellationToken cancel);

    /// <summary>eth_call. Null: the call was reverted, or there is no code.</summary>
    Task<ReadOnlyMemory<byte>?> Call(Address to, ReadOnlyMemory<byte> input, Word block, CancellationToken cancel);

    /// <summary>Several at once, as one request where that can be; what comes back is in their order.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>?>> Calls(IReadOnlyList<(Address To, ReadOnlyMemory<byte> Input)> calls, Word block, CancellationToken cancel);

    Task<Word> Storage(Address address, Word slot, Word block, CancellationToken cancel);

    /// <summary>Wei.</summary>
    Task<BigInteger> Balance(Address address, Word block, CancellationToken cancel);

    /// <summary>Empty where no contract is.</summary>
    Task<ReadOnlyMemory<byte>> Code(Address address, Word block, CancellationToken cancel);

    /// <summary>A transaction by its hash with its block and receipt, wherever it touches; null while the chain does not have it.</summary>
    Task<TouchingTransaction?> Transaction(Word hash, CancellationToken cancel);
}

/// <summary>No endpoint of a chain answers, or none as it should. The message says for each what it said.</summary>
public sealed class ChainException(string message, Exception? inner = null) : Exception(message, inner);
