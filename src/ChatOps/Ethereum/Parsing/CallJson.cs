using System.Numerics;
using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Ethereum.Parsing;

/// <summary>The callTracer's tree of calls, made flat in the order in which they began.</summary>
internal static class CallJson
{
    /// <summary>More calls of one transaction are not kept, but for those of watched addresses: a loop can make a hundred thousand.</summary>
    internal const int Most = 10_000;

    /// <summary>So many of watched addresses come after those; where there are more, <see cref="ChainCall.Cut"/> says so.</summary>
    internal const int MostOurs = 10_000;

    /// <param name="json">The call that is the transaction.</param>
    /// <param name="isOurs">Whether an address is watched.</param>
    /// <returns>Without what only reads: it can change nothing, and half of all contracts look at the balances of others.</returns>
    public static IReadOnlyList<ChainCall> Read(ref Utf8JsonReader json, Func<Address, bool> isOurs)
    {
        var calls = new List<ChainCall>();
        Frame(ref json, calls, isOurs, depth: 0, failed: false);
        if (calls.Count > Most + MostOurs)
        {
            calls[^1] = ChainCall.Cut;
        }

        return calls;
    }

    /// <summary>A block's: <c>[{"txHash":…,"result":{…}}]</c>. One without a hash cannot be told apart and is left out.</summary>
    public static Dictionary<Word, IReadOnlyList<ChainCall>> ReadBlock(ref Utf8JsonReader json, Func<Address, bool> isOurs)
    {
        var all = new Dictionary<Word, IReadOnlyList<ChainCall>>();
        json.Enter(JsonTokenType.StartArray);
        while (json.NextElement())
        {
            (Word? hash, IReadOnlyList<ChainCall>? calls) = (null, null);
            json.Enter(JsonTokenType.StartObject);
            while (json.NextProperty())
            {
                if (json.Is("txHash"u8))
                {
                    json.ToValue();
                    hash = json.Word();
                }
                else if (json.Is("result"u8))
                {
                    json.ToValue();
                    calls = Read(ref json, isOurs);
                }
                else
                {
                    json.Skip();
                }
            }

            if (hash is { } known && calls is not null)
            {
                all[known] = calls;
            }
        }

        return all;
    }

    private static void Frame(ref Utf8JsonReader json, List<ChainCall> calls, Func<Address, bool> isOurs, int depth, bool failed)
    {
        json.Enter(JsonTokenType.StartObject);
        (string kind, Address? from, Address? to) = ("CALL", null, null);
        var (value, input) = (BigInteger.Zero, Array.Empty<byte>());
        var inner = json;
        var hasInner = false;
        while (json.NextProperty())
        {
            if (json.Is("type"u8))
            {
                json.ToValue();
                kind = json.GetString() ?? "CALL";
            }
            else if (json.Is("from"u8))
            {
                json.ToValue();
                from = json.AddressOrNull();
            }
            else if (json.Is("to"u8))
            {
                json.ToValue();
                to = json.AddressOrNull();
            }
            else if (json.Is("value"u8))
            {
                json.ToValue();
                value = json.TokenType == JsonTokenType.Null ? value : json.Quantity();
            }
            else if (json.Is("input"u8))
            {
                json.ToValue();
                input = json.TokenType == JsonTokenType.Null ? input : json.Bytes();
            }
            else if (json.Is("error"u8))
            {
                json.ToValue();
                failed |= json.TokenType != JsonTokenType.Null;
            }
            else if (json.Is("calls"u8))
            {
                json.ToValue();
                // Whether this one failed may come after them.
                inner = json;
                hasInner = json.TokenType == JsonTokenType.StartArray;
                json.Skip();
            }
            else
            {
                json.Skip();
            }
        }

        if (kind == "STATICCALL" || calls.Count > Most + MostOurs)
        {
            return;
        }

        if (calls.Count < Most || (from is { } caller && isOurs(caller)) || (to is { } called && isOurs(called)))
        {
            calls.Add(new ChainCall(kind, depth, from ?? Address.Zero, to, value, input, failed));
        }

        while (hasInner && inner.NextElement())
        {
            Frame(ref inner, calls, isOurs, depth + 1, failed);
        }
    }
}
