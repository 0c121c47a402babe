using System.Numerics;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>A call that somebody proposed, as it will be made.</summary>
public sealed record CallPayload(Address To, BigInteger Value, ReadOnlyMemory<byte> Input)
{
    /// <summary>What transactions(uint256) of a 2017 wallet returned, or null where it is none: a wallet can be asked for what was proposed before it was watched.</summary>
    public static CallPayload? OfStored(ReadOnlyMemory<byte> returned) =>
        Abi.Decode("(address destination, uint256 value, bytes data, bool executed)", returned).Arguments is
        [{ Value: AbiValue.Account to }, { Value: AbiValue.Number value }, { Value: AbiValue.Bytes data }, _]
            && !to.Value.IsZero ? new(to.Value, value.Value, data.Value) : null;
}

/// <summary>The ABIs of a contract at the block in question: its own first, then, of a proxy, the implementation's. Empty: it is not known.</summary>
public delegate IReadOnlyList<ContractAbi> AbiLookup(Address address);

/// <summary>What was proposed in a wallet under an id; null: it was never seen.</summary>
public delegate CallPayload? ProposalLookup(Address wallet, BigInteger id);

/// <summary>A proposal that came with a transaction.</summary>
/// <param name="Wallet">Which numbers it.</param>
/// <param name="Id">Its number there.</param>
/// <param name="Payload">What will be called.</param>
public sealed record LearnedProposal(Address Wallet, BigInteger Id, CallPayload Payload);
