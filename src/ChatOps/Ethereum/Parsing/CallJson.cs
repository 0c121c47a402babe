using System.Numerics;
using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Ethereum.Parsing;

/// <summary>The callTracer's tree of calls, made flat in the order in which they began.</summary>
internal static class CallJson
{
    /// <summary>More calls of one transaction are not kept: a loop can make a hundred thousand.</summary>
    private const int Most = 10_000;

    public static IReadOnlyList<ChainCall> Read(ref Utf8JsonReader json)
    {
        var calls = new List<ChainCall>();
        Frame(ref json, calls, depth: 0, failed: false);
        return calls;
    }

    /// <summary>A block's: <c>[{"txHash":…,"result":{…}}]</c>. One without a hash cannot be told apart and is left out.</summary>
    public static Dictionary<Word, IReadOnlyList<ChainCall>> ReadBlock(ref Utf8JsonReader json)
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
                    calls = Read(ref json);
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

    private static void Frame(ref Utf8JsonReader json, List<ChainCall> calls, int depth, bool failed)
    {
        json.Enter(JsonTokenType.StartObject);
        (string kind, Address? from, Address? to) = ("CALL", null, null);
        var (value, input, place, isKept) = (BigInteger.Zero, Array.Empty<byte>(), calls.Count, calls.Count < Most);
        var inner = json;
        var hasInner = false;
        if (isKept)
        {
            calls.Add(null!); // the place of this one, before those inside
        }

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

        if (!isKept)
        {
            return;
        }

        calls[place] = new ChainCall(kind, depth, from ?? Address.Zero, to, value, input, failed);
        while (hasInner && inner.NextElement())
        {
            Frame(ref inner, calls, depth + 1, failed);
        }
    }
}
