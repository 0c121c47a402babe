using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Ethereum.Parsing;

/// <summary>A receipt and the block that it is of.</summary>
internal sealed record PlacedReceipt(ChainReceipt Receipt, Word Block);

internal static class ReceiptJson
{
    /// <summary>Null while the endpoint has none.</summary>
    public static PlacedReceipt? Read(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        json.Enter(JsonTokenType.StartObject);
        (Word? block, Address? created, List<PlacedLog>? logs) = (null, null, null);
        // Before Byzantium (October 2017) receipts did not say whether it succeeded.
        var succeeded = true;
        while (json.NextProperty())
        {
            if (json.Is("blockHash"u8))
            {
                json.ToValue();
                block = json.Word();
            }
            else if (json.Is("contractAddress"u8))
            {
                json.ToValue();
                created = json.AddressOrNull();
            }
            else if (json.Is("status"u8))
            {
                json.ToValue();
                succeeded = json.TokenType == JsonTokenType.Null || json.Number() != 0;
            }
            else if (json.Is("logs"u8))
            {
                json.ToValue();
                logs = LogJson.ReadAll(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        return block is { } known && logs is not null
            ? new(new ChainReceipt(succeeded, created, [.. logs.Select(log => log.Log)]), known)
            : throw new JsonException("a receipt lacks its blockHash or logs");
    }
}
