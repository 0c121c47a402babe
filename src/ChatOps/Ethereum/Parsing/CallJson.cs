using System.Numerics;
using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Ethereum.Parsing;

/// <summary>
/// The callTracer's tree of calls, made flat in the order in which they began: the transaction itself, and what watched addresses have to do with. Calls between strangers are
/// looked at and left in the bytes: anybody can make gigabytes of them inside a transaction that touches.
/// </summary>
internal static class CallJson
{
    /// <summary>So many of watched addresses are kept; where there are more, <see cref="ChainCall.Cut"/> says so.</summary>
    internal const int Most = 1_000;

    /// <summary>So many bytes of calldata all of them together may have; the same is said where there are more.</summary>
    internal const int MostBytes = 512 * 1024;

    /// <param name="json">The call that is the transaction.</param>
    /// <param name="isOurs">Whether an address is watched.</param>
    /// <returns>Without what only reads: it can change nothing, and half of all contracts look at the balances of others.</returns>
    /// <exception cref="JsonException">A call lacks what each has.</exception>
    public static IReadOnlyList<ChainCall> Read(ref Utf8JsonReader json, Func<Address, bool> isOurs)
    {
        var kept = new Kept(isOurs);
        Frame(ref json, kept, depth: 0, failed: false);
        return kept.Calls;
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

    private static void Frame(ref Utf8JsonReader json, Kept kept, int depth, bool failed)
    {
        json.Enter(JsonTokenType.StartObject);
        (string? kind, Address? from, Address? to, var value) = (null, null, null, BigInteger.Zero);
        // Most inputs are nobody's, and whether this one failed may come after the calls inside.
        var input = json;
        var inner = json;
        var (hasInput, hasInner) = (false, false);
        while (json.NextProperty())
        {
            if (json.Is("type"u8))
            {
                json.ToValue();
                kind = json.GetString();
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
                input = json;
                hasInput = json.TokenType != JsonTokenType.Null;
            }
            else if (json.Is("error"u8))
            {
                json.ToValue();
                failed |= json.TokenType != JsonTokenType.Null;
            }
            else if (json.Is("calls"u8))
            {
                json.ToValue();
                inner = json;
                hasInner = json.TokenType == JsonTokenType.StartArray;
                json.Skip();
            }
            else
            {
                json.Skip();
            }
        }

        if (kind is null || from is not { } caller)
        {
            throw new JsonException("a traced call lacks its type or from");
        }

        if (kind == "STATICCALL" || kept.IsFull)
        {
            return;
        }

        if (kept.Wants(depth, caller, to, hasInput ? (input.ValueSpan.Length - 2) / 2 : 0))
        {
            kept.Calls.Add(new ChainCall(kind, depth, caller, to, value, hasInput ? input.Bytes() : [], failed));
        }

        while (hasInner && inner.NextElement())
        {
            Frame(ref inner, kept, depth + 1, failed);
        }
    }

    /// <summary>The calls of one transaction that are kept, and how much room there still is.</summary>
    private sealed class Kept(Func<Address, bool> isOurs)
    {
        private int _bytes = MostBytes;

        public List<ChainCall> Calls { get; } = [];

        public bool IsFull => Calls is [.., { IsCut: true }];

        /// <summary>The transaction itself always, and ours while there is room for them.</summary>
        public bool Wants(int depth, Address from, Address? to, int bytes)
        {
            if (depth == 0)
            {
                return true;
            }

            if (!isOurs(from) && (to is not { } called || !isOurs(called)))
            {
                return false;
            }

            if (Calls.Count > Most || (_bytes -= bytes) < 0)
            {
                Calls.Add(ChainCall.Cut);
                return false;
            }

            return true;
        }
    }
}
