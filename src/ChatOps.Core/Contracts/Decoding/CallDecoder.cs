using System.Numerics;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>
/// Says what a transaction asks for, with what it carries inside. It knows a function only from an ABI of what is called: four bytes are no proof of anything.
/// Never throws, whatever the calldata is.
/// </summary>
/// <param name="abis">Of what is called.</param>
/// <param name="proposals">Of the wallets that call by number what was proposed before.</param>
public sealed class CallDecoder(AbiLookup abis, ProposalLookup proposals)
{
    /// <summary>How deep calls in calls are read.</summary>
    public const int MaxDepth = 8;

    /// <summary>How many calls of one transaction are read.</summary>
    public const int MaxCalls = 512;

    /// <summary>Of all logs of one transaction; a whole block of nothing but transfers has fewer.</summary>
    private const int LogUnits = 262_144;

    /// <summary>A transaction that creates a contract has no function and no oddity: its calldata is code.</summary>
    public DecodedCall Decode(ChainTransaction transaction) =>
        transaction.To is { } to ? Decode(to, transaction.Value, transaction.Input) : new(null, null, null, [], transaction.Value, [], []);

    /// <param name="to">What is called.</param>
    /// <param name="value">Wei.</param>
    /// <param name="input">Calldata; none: a plain transfer.</param>
    /// <param name="isDelegate">The code there runs with the rights of the caller.</param>
    public DecodedCall Decode(Address to, BigInteger value, ReadOnlyMemory<byte> input, bool isDelegate = false) => new CallReading(abis, proposals).Read(new(to, value, input, isDelegate), 1);

    /// <summary>Each log in its order: by the ABIs of who emitted it, else by any bundled one that has the topic, since 32 bytes of hash are a proof of the name.</summary>
    public IReadOnlyList<DecodedEvent> DecodeLogs(IReadOnlyList<ChainLog> logs)
    {
        var budget = new DecodingBudget(LogUnits);
        return [.. logs.Select(log => Decode(log, budget))];
    }

    private DecodedEvent Decode(ChainLog log, DecodingBudget budget)
    {
        if (log.Topics.Count == 0)
            return new(log.Address, null, [], [new(OddityKind.Unknown, "the log has no topic: an anonymous event")]);

        var known = abis(log.Address).SelectMany(abi => abi.EventsOf(log.Topics[0])).Concat(BundledAbis.WithTopic(log.Topics[0])).ToList();
        if (known.Count == 0)
            return new(log.Address, null, [], [new(OddityKind.Unknown, $"no known event has the topic {log.Topics[0]}")]);

        // Transfer of ERC-20 and of ERC-721 have one topic; what is indexed tells them apart.
        var fitting = known.Find(candidate => candidate.Indexed + 1 == log.Topics.Count) ?? known[0];
        var (arguments, oddities) = fitting.Decode(log.Topics, log.Data, budget);
        return new(log.Address, fitting.Signature, arguments, oddities);
    }
}
