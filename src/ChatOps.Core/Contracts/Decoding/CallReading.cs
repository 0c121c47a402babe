using System.Buffers.Binary;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>The reading of one transaction: what is left of its limits goes with it through all calls inside.</summary>
internal sealed class CallReading(AbiLookup abis, ProposalLookup proposals)
{
    private readonly DecodingBudget _budget = new();
    private int _calls = CallDecoder.MaxCalls;

    public DecodedCall Read(InnerCall call, int depth)
    {
        _calls--;
        var odd = call.IsDelegate ? new List<Oddity> { new(OddityKind.DelegateCall, $"the code of {call.To} runs with the rights of the caller") } : [];
        if (call.Input.IsEmpty)
            return new(call.To, null, null, [], call.Value, [], odd) { IsDelegate = call.IsDelegate };

        if (call.Input.Length < 4)
        {
            odd.Add(new(OddityKind.Undecodable, $"{call.Input.Length} bytes of calldata are too few for a selector"));
            return new(call.To, null, null, [], call.Value, [], odd) { IsDelegate = call.IsDelegate };
        }

        if (FunctionOf(call) is not { } function)
        {
            odd.Add(Unknown(call));
            return new(call.To, null, $"0x{Convert.ToHexStringLower(call.Input.Span[..4])}", [], call.Value, [], odd) { IsDelegate = call.IsDelegate };
        }

        var (arguments, oddities) = function.DecodeArguments(call.Input[4..], _budget);
        odd.AddRange(oddities);
        var inside = arguments.Count == function.Inputs.Count ? InnerCalls.Of(call.To, function.Signature, arguments, proposals) : InnerCalls.None;
        odd.AddRange(inside.Oddities);
        return new(call.To, function.Signature, function.Selector, arguments, call.Value, Below(inside.Calls, depth, odd), odd) { IsDelegate = call.IsDelegate };
    }

    private List<DecodedCall> Below(IReadOnlyList<InnerCall> calls, int depth, List<Oddity> odd)
    {
        if (calls.Count > 0 && depth == CallDecoder.MaxDepth)
        {
            odd.Add(new(OddityKind.TooLarge, $"calls stand more than {CallDecoder.MaxDepth} deep in one another: what is below is not read"));
            return [];
        }

        List<DecodedCall> below = [];
        foreach (var call in calls)
        {
            if (_calls == 0)
            {
                odd.Add(new(OddityKind.TooLarge, $"it holds more than {CallDecoder.MaxCalls} calls: {calls.Count - below.Count} of this list are not read"));
                break;
            }

            below.Add(Read(call, depth + 1));
        }

        return below;
    }

    private AbiFunction? FunctionOf(InnerCall call)
    {
        foreach (var abi in abis(call.To))
        {
            if (abi.FunctionOf(call.Input.Span) is { } function)
                return function;
        }

        return null;
    }

    private static Oddity Unknown(InnerCall call)
    {
        var selector = BinaryPrimitives.ReadUInt32BigEndian(call.Input.Span);
        var hints = BundledAbis.WithSelector(selector).DistinctBy(found => found.Function.Signature).Select(found => $"{found.Function.Signature} of {found.Abi.Name}").ToList();
        return new(OddityKind.Unknown, $"no function with the selector 0x{selector:x8} is known of {call.To}{(hints.Count > 0 ? $"; it would be {string.Join(" or ", hints)}" : "")}");
    }
}

/// <summary>A call as it stands in another, not yet read.</summary>
internal readonly record struct InnerCall(Address To, System.Numerics.BigInteger Value, ReadOnlyMemory<byte> Input, bool IsDelegate = false);
