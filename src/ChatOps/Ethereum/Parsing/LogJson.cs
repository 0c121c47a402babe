using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Ethereum.Parsing;

/// <summary>A log and where it stands.</summary>
internal readonly record struct PlacedLog(ChainLog Log, Word Block, Word Transaction);

/// <summary>What tells whether a log touches, and of which transaction it is.</summary>
internal readonly record struct ScannedLog(Address Address, Topics Topics, Word Block, Word Transaction);

internal static class LogJson
{
    /// <summary>Those of one answer.</summary>
    public static List<PlacedLog> ReadAll(ref Utf8JsonReader json)
    {
        var logs = new List<PlacedLog>();
        json.Enter(JsonTokenType.StartArray);
        while (json.NextElement())
        {
            var (seen, data, index) = Log(ref json, whole: true);
            logs.Add(new(new ChainLog(seen.Address, seen.Topics.ToList(), data, checked((int)index)), seen.Block, seen.Transaction));
        }

        return logs;
    }

    /// <summary>Those of one answer as far as is needed to tell whether they touch: without their data.</summary>
    public static List<ScannedLog> ScanAll(ref Utf8JsonReader json)
    {
        var logs = new List<ScannedLog>();
        json.Enter(JsonTokenType.StartArray);
        while (json.NextElement())
        {
            logs.Add(Log(ref json, whole: false).Seen);
        }

        return logs;
    }

    private static (ScannedLog Seen, byte[] Data, long Index) Log(ref Utf8JsonReader json, bool whole)
    {
        json.Enter(JsonTokenType.StartObject);
        (Address? address, Word? block, Word? transaction, Topics? topics) = (null, null, null, null);
        var (data, index) = (Array.Empty<byte>(), 0L);
        while (json.NextProperty())
        {
            if (json.Is("address"u8))
            {
                json.ToValue();
                address = json.Address();
            }
            else if (json.Is("blockHash"u8))
            {
                json.ToValue();
                block = json.Word();
            }
            else if (json.Is("transactionHash"u8))
            {
                json.ToValue();
                transaction = json.Word();
            }
            else if (json.Is("topics"u8))
            {
                json.ToValue();
                topics = Topics(ref json);
            }
            else if (whole && json.Is("data"u8))
            {
                json.ToValue();
                data = json.Bytes();
            }
            else if (whole && json.Is("logIndex"u8))
            {
                json.ToValue();
                index = json.Number();
            }
            else
            {
                json.Skip();
            }
        }

        return address is { } a && block is { } b && transaction is { } t && topics is { } all
            ? (new(a, all, b, t), data, index)
            : throw new JsonException("a log lacks its address, topics, blockHash or transactionHash");
    }

    private static Topics Topics(ref Utf8JsonReader json)
    {
        var topics = default(Topics);
        json.Enter(JsonTokenType.StartArray);
        while (json.NextElement())
        {
            topics.Add(json.Word());
        }

        return topics;
    }
}
