using System.Numerics;
using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Ethereum.Parsing;

internal static class TransactionJson
{
    /// <summary>Reads on to its end; makes something of it only when its sender, receiver or the contract that it creates is watched.</summary>
    public static ChainTransaction? IfTouching(ref Utf8JsonReader json, WatchedAddresses watched)
    {
        var start = json;
        (Address? from, Address? to, long nonce) = (null, null, 0);
        while (json.NextProperty())
        {
            if (json.Is("from"u8))
            {
                json.ToValue();
                from = json.Address();
            }
            else if (json.Is("to"u8))
            {
                json.ToValue();
                to = json.AddressOrNull();
            }
            else if (json.Is("nonce"u8))
            {
                json.ToValue();
                nonce = json.Number();
            }
            else
            {
                json.Skip();
            }
        }

        var sender = from ?? throw new JsonException("a transaction has no from");
        return watched.Has(sender) || (to is { } receiver ? watched.Has(receiver) : watched.Has(CreatedContract.AddressOf(sender, nonce))) ? Read(ref start) : null;
    }

    public static ChainTransaction Read(ref Utf8JsonReader json) => ReadWithBlock(ref json).Transaction;

    /// <returns>With the hash of the block that it stands in; null while it waits for one.</returns>
    public static (ChainTransaction Transaction, Word? Block) ReadWithBlock(ref Utf8JsonReader json)
    {
        json.Enter(JsonTokenType.StartObject);
        (Word? hash, Word? block, Address? from, Address? to) = (null, null, null, null);
        var (index, value, input, nonce) = (0L, BigInteger.Zero, Array.Empty<byte>(), 0L);
        while (json.NextProperty())
        {
            if (json.Is("hash"u8))
            {
                json.ToValue();
                hash = json.Word();
            }
            else if (json.Is("blockHash"u8))
            {
                json.ToValue();
                block = json.TokenType == JsonTokenType.Null ? null : json.Word();
            }
            else if (json.Is("transactionIndex"u8))
            {
                json.ToValue();
                index = json.TokenType == JsonTokenType.Null ? 0 : json.Number();
            }
            else if (json.Is("from"u8))
            {
                json.ToValue();
                from = json.Address();
            }
            else if (json.Is("to"u8))
            {
                json.ToValue();
                to = json.AddressOrNull();
            }
            else if (json.Is("value"u8))
            {
                json.ToValue();
                value = json.Quantity();
            }
            else if (json.Is("input"u8))
            {
                json.ToValue();
                input = json.Bytes();
            }
            else if (json.Is("nonce"u8))
            {
                json.ToValue();
                nonce = json.Number();
            }
            else
            {
                json.Skip();
            }
        }

        return hash is { } h && from is { } f ? (new(h, checked((int)index), f, to, value, input, nonce), block) : throw new JsonException("a transaction lacks its hash or from");
    }
}
