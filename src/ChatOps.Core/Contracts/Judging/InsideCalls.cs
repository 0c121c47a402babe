using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Watching;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>The traced calls that have to be judged: those that reached something watched, and all that a watched wallet made, whatever it called.</summary>
internal static class InsideCalls
{
    private static readonly byte[][] GuardAsked =
    [
        Keccak.Hash("checkTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes,address)").ToBytes()[..4],
        Keccak.Hash("checkAfterExecution(bytes32,bool)").ToBytes()[..4],
    ];

    /// <summary>In their order, other than the transaction itself. Looking changes nothing.</summary>
    public static IReadOnlyList<InsideCall> Of(TouchingTransaction touching, Watched watched, CallDecoder decoder)
    {
        var found = new List<InsideCall>();
        var path = new List<ChainCall>();
        foreach (var call in touching.Calls ?? [])
        {
            while (path.Count > 0 && path[^1].Depth >= call.Depth)
            {
                path.RemoveAt(path.Count - 1);
            }

            if (call is { Depth: > 0, To: not null } && IsOurs(call, path.Count > 0 ? path[^1] : null))
            {
                found.Add(new(call.From, Decoded(call, decoder), call.Failed));
            }

            path.Add(call);
        }

        return found;

        bool IsOurs(ChainCall call, ChainCall? above) =>
            (watched.Find(touching.Chain, call.To!.Value) is not null && call.Kind is "CALL" or "SELFDESTRUCT" or "CREATE" or "CREATE2")
            || (watched.Find(touching.Chain, call.From) is { } maker && !AsksGuard(call, maker)
                && (call.Kind is "SELFDESTRUCT" or "CALLCODE"
                    || (maker.IsWallet && !call.Failed && (call.Kind is "CALL" or "CREATE" or "CREATE2" || (call.Kind == "DELEGATECALL" && !IsForwarded(call, above))))));
    }

    /// <summary>A Safe asks its guard at every transaction. What its owners sign is judged where they sign it, also when it is called so.</summary>
    private static bool AsksGuard(ChainCall call, WatchedThing maker) =>
        maker.Kind == ContractKind.Safe && call is { Kind: "CALL", Value.IsZero: true, Input.Length: >= 4 } && Array.Exists(GuardAsked, selector => call.Input.Span.StartsWith(selector));

    /// <summary>A proxy hands what it is called with on to its own code: that it does so says nothing; which code that is, is probed.</summary>
    private static bool IsForwarded(ChainCall call, ChainCall? above) =>
        above is { Kind: "CALL", To: { } proxy } && proxy == call.From && above.Depth == call.Depth - 1 && call.Input.Span.SequenceEqual(above.Input.Span);

    private static DecodedCall Decoded(ChainCall call, CallDecoder decoder) => call.Kind switch
    {
        // What it does further is in the trace itself.
        "CALL" => decoder.Decode(call.To!.Value, call.Value, call.Input) with { Inner = [] },
        "DELEGATECALL" => decoder.Decode(call.To!.Value, 0, call.Input, isDelegate: true) with { Inner = [] },
        "SELFDESTRUCT" => new(call.From, "selfdestruct()", null, [], call.Value, [], []),
        var kind => new(call.To, $"{kind.ToLowerInvariant()}()", null, [], call.Value, [], []),
    };
}

/// <summary>A call that a trace shows.</summary>
/// <param name="From">Who calls.</param>
/// <param name="Call">What.</param>
/// <param name="Failed">It or one above it was undone.</param>
public sealed record InsideCall(Address From, DecodedCall Call, bool Failed)
{
    /// <summary>Whether it is what was asked for, which a trace shows once more. Code that runs as its caller takes over the caller's ether.</summary>
    public bool IsOf(DecodedCall asked) =>
        Call.To == asked.To && Call.Selector == asked.Selector && Call.IsDelegate == asked.IsDelegate && (Call.IsDelegate || Call.Value == asked.Value) && Call.Arguments.SequenceEqual(asked.Arguments);
}
