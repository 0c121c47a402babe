using System.Numerics;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>Which functions carry or bring about other calls, and which of their arguments these are.</summary>
/// <param name="Calls">In the order in which they are made.</param>
/// <param name="Oddities">What is wrong with how they are written.</param>
internal sealed record InnerCalls(IReadOnlyList<InnerCall> Calls, IReadOnlyList<Oddity> Oddities)
{
    public static InnerCalls None { get; } = new([], []);

    private static readonly Dictionary<string, Func<Carrier, InnerCalls>> Carriers = new()
    {
        ["submitTransaction(address,uint256,bytes)"] = carrier => One(new(carrier.Account(0), carrier.Number(1), carrier.Bytes(2))),
        ["confirmTransaction(uint256)"] = Proposed,
        ["executeTransaction(uint256)"] = Proposed,
        ["revokeConfirmation(uint256)"] = Proposed,
        ["execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)"] = OfSafe,
        ["execTransactionFromModule(address,uint256,bytes,uint8)"] = OfSafe,
        ["execTransactionFromModuleReturnData(address,uint256,bytes,uint8)"] = OfSafe,
        ["setup(address[],uint256,address,bytes,address,address,uint256,address)"] = Setup,
        ["setup(address[],uint256,address,bytes,address,uint256,address)"] = Setup,
        ["multiSend(bytes)"] = carrier => MultiSendPacking.Read(carrier.Bytes(0)),
        ["multicall(bytes[])"] = carrier => new([.. carrier.List(0).Select(data => new InnerCall(carrier.Target, 0, ((AbiValue.Bytes)data).Value))], []),
        ["approveAndCall(address,uint256,bytes)"] = carrier => carrier.Bytes(2).IsEmpty ? None : One(new(carrier.Account(0), 0, carrier.Bytes(2))),
        ["schedule(address,uint256,bytes,bytes32,bytes32,uint256)"] = carrier => One(new(carrier.Account(0), carrier.Number(1), carrier.Bytes(2))),
        ["execute(address,uint256,bytes,bytes32,bytes32)"] = carrier => One(new(carrier.Account(0), carrier.Number(1), carrier.Bytes(2))),
        ["scheduleBatch(address[],uint256[],bytes[],bytes32,bytes32,uint256)"] = Batch,
        ["executeBatch(address[],uint256[],bytes[],bytes32,bytes32)"] = Batch,
        ["upgradeToAndCall(address,bytes)"] = carrier => carrier.Bytes(1).IsEmpty ? None : One(new(carrier.Account(0), 0, carrier.Bytes(1), IsDelegate: true)),
        ["upgradeAndCall(address,address,bytes)"] = carrier => carrier.Bytes(2).IsEmpty ? None : One(new(carrier.Account(1), 0, carrier.Bytes(2), IsDelegate: true)),
    };

    /// <param name="target">What is called.</param>
    /// <param name="signature">Its function.</param>
    /// <param name="arguments">All of them.</param>
    /// <param name="proposals">For calls that name another by its number.</param>
    public static InnerCalls Of(Address target, string signature, IReadOnlyList<DecodedArgument> arguments, ProposalLookup proposals) =>
        Carriers.TryGetValue(signature, out var read) ? read(new(target, arguments, proposals)) : None;

    private static InnerCalls One(InnerCall call) => new([call], []);

    private static InnerCalls Proposed(Carrier carrier) => carrier.Proposals(carrier.Target, carrier.Number(0)) is { } payload
        ? One(new(payload.To, payload.Value, payload.Input))
        : new([], [new(OddityKind.UnknownProposal, $"what was proposed as {carrier.Number(0)} was never seen")]);

    private static InnerCalls OfSafe(Carrier carrier)
    {
        var operation = carrier.Number(3);
        var call = new InnerCall(carrier.Account(0), carrier.Number(1), carrier.Bytes(2), IsDelegate: !operation.IsZero);
        return operation > 1 ? new([call], [new(OddityKind.Undecodable, $"operation {operation} is neither a call nor a delegatecall")]) : One(call);
    }

    private static InnerCalls Setup(Carrier carrier) =>
        carrier.Account(2).IsZero ? None : One(new(carrier.Account(2), 0, carrier.Bytes(3), IsDelegate: true));

    private static InnerCalls Batch(Carrier carrier)
    {
        var (targets, values, payloads) = (carrier.List(0), carrier.List(1), carrier.List(2));
        if (targets.Count != values.Count || targets.Count != payloads.Count)
            return new([], [new(OddityKind.Undecodable, $"a batch of {targets.Count} targets has {values.Count} values and {payloads.Count} payloads")]);

        return new([.. targets.Select((target, i) => new InnerCall(((AbiValue.Account)target).Value, ((AbiValue.Number)values[i]).Value, ((AbiValue.Bytes)payloads[i]).Value))], []);
    }

    /// <summary>A function's arguments, whose types its signature has fixed.</summary>
    private readonly record struct Carrier(Address Target, IReadOnlyList<DecodedArgument> Arguments, ProposalLookup Proposals)
    {
        public Address Account(int index) => ((AbiValue.Account)Arguments[index].Value).Value;

        public BigInteger Number(int index) => ((AbiValue.Number)Arguments[index].Value).Value;

        public ReadOnlyMemory<byte> Bytes(int index) => ((AbiValue.Bytes)Arguments[index].Value).Value;

        public IReadOnlyList<AbiValue> List(int index) => ((AbiValue.List)Arguments[index].Value).Values;
    }
}
