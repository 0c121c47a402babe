using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using NodaTime;

namespace ChatOps.Ethereum.Parsing;

/// <summary>A block with those of its transactions that touch by sender, receiver or creation. The others are looked at and left in the bytes.</summary>
/// <param name="Block">What it is.</param>
/// <param name="Bloom">What its logs were hashed into.</param>
/// <param name="TransactionCount">How many it has.</param>
/// <param name="Touching">Those of ours.</param>
internal sealed record ScannedBlock(BlockRef Block, LogBloom Bloom, int TransactionCount, IReadOnlyList<ChainTransaction> Touching);

internal static class BlockJson
{
    private static readonly WatchedAddresses Nobody = new(new HashSet<Address>());

    /// <summary>Null where the endpoint has no such block.</summary>
    public static BlockRef? Header(ref Utf8JsonReader json) => Scan(ref json, Nobody)?.Block;

    /// <inheritdoc cref="Header"/>
    public static ScannedBlock? Scan(ref Utf8JsonReader json, WatchedAddresses watched)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        json.Enter(JsonTokenType.StartObject);
        (long? number, Word? hash, Word? parent, long? time, LogBloom? bloom) = (null, null, null, null, null);
        var (count, touching) = (0, new List<ChainTransaction>());
        while (json.NextProperty())
        {
            if (json.Is("number"u8))
            {
                json.ToValue();
                number = json.Number();
            }
            else if (json.Is("hash"u8))
            {
                json.ToValue();
                hash = json.Word();
            }
            else if (json.Is("parentHash"u8))
            {
                json.ToValue();
                parent = json.Word();
            }
            else if (json.Is("timestamp"u8))
            {
                json.ToValue();
                time = json.Number();
            }
            else if (json.Is("logsBloom"u8))
            {
                json.ToValue();
                bloom = Bloom(json);
            }
            else if (json.Is("transactions"u8))
            {
                json.ToValue();
                count = Transactions(ref json, watched, touching);
            }
            else
            {
                json.Skip();
            }
        }

        return number is { } n && hash is { } h && parent is { } p && time is { } t
            ? new(new BlockRef(n, h, p, At(t)), bloom ?? new LogBloom(), count, touching)
            : throw new JsonException("a block lacks its number, hash, parentHash or timestamp");
    }

    private static LogBloom? Bloom(in Utf8JsonReader json) => json.TokenType == JsonTokenType.Null ? null
        : json.Bytes() is { Length: LogBloom.Length } bits ? new LogBloom(bits)
        : throw new JsonException("a block's logsBloom has not 256 bytes");

    /// <summary>Some chains count milliseconds.</summary>
    private static Instant At(long time) => time switch
    {
        < 100_000_000_000 => Instant.FromUnixTimeSeconds(time),
        < 100_000_000_000_000 => Instant.FromUnixTimeMilliseconds(time),
        _ => throw new JsonException("a block's timestamp is no time"),
    };

    /// <summary>Where only hashes were asked for they are counted.</summary>
    private static int Transactions(ref Utf8JsonReader json, WatchedAddresses watched, List<ChainTransaction> touching)
    {
        var count = 0;
        json.Enter(JsonTokenType.StartArray);
        while (json.NextElement())
        {
            if (json.TokenType == JsonTokenType.StartObject && TransactionJson.IfTouching(ref json, watched) is { } transaction)
            {
                touching.Add(transaction);
            }

            count++;
        }

        return count;
    }
}
