using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatOps.Core.Contracts;

namespace ChatOps.Benchmarks.Chains;

/// <summary>A chain in memory with a node's JSON-RPC: what a follower asks for, and nothing else. Blocks that were replaced are unknown to it.</summary>
internal sealed class MadeChain
{
    private readonly Lock _lock = new();
    private readonly List<MadeBlock> _blocks = [];
    private readonly Dictionary<Word, MadeBlock> _byHash = [];
    private readonly Dictionary<Word, (MadeBlock Block, int Index)> _transactions = [];

    public long ChainId { get; init; } = 1;

    /// <summary>How far under the head a block is called final.</summary>
    public int FinalDepth { get; init; } = 64;

    public IReadOnlyList<MadeBlock> Blocks
    {
        get
        {
            lock (_lock)
            {
                return [.. _blocks];
            }
        }
    }

    /// <summary>Several changes that nobody sees one by one.</summary>
    public void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }

    public MadeBlock Mine(DateTimeOffset at, params IReadOnlyList<MadeTransaction> transactions)
    {
        lock (_lock)
        {
            var block = new MadeBlock(_blocks.Count, _blocks.Count > 0 ? _blocks[^1].Hash : Word.Zero, at, transactions);
            _blocks.Add(block);
            _byHash[block.Hash] = block;
            for (var i = 0; i < transactions.Count; i++)
            {
                _transactions[transactions[i].Hash] = (block, i);
            }

            return block;
        }
    }

    /// <summary>The last blocks leave the chain.</summary>
    /// <returns>Their transactions.</returns>
    public IReadOnlyList<MadeTransaction> Drop(int count)
    {
        lock (_lock)
        {
            var gone = _blocks[^count..];
            _blocks.RemoveRange(_blocks.Count - count, count);
            foreach (var block in gone)
            {
                _byHash.Remove(block.Hash);
                block.Transactions.ToList().ForEach(transaction => _transactions.Remove(transaction.Hash));
            }

            return [.. gone.SelectMany(block => block.Transactions)];
        }
    }

    /// <summary>The answer to a request or an array of them.</summary>
    public byte[] Answer(byte[] body)
    {
        var answer = new ArrayBufferWriter<byte>();
        Answer(body, answer);
        return answer.WrittenSpan.ToArray();
    }

    /// <inheritdoc cref="Answer(byte[])"/>
    public void Answer(ReadOnlyMemory<byte> body, IBufferWriter<byte> into)
    {
        using var requests = JsonDocument.Parse(body);
        if (requests.RootElement.ValueKind != JsonValueKind.Array)
        {
            One(requests.RootElement, into);
            return;
        }

        var begin = "["u8;
        foreach (var request in requests.RootElement.EnumerateArray())
        {
            into.Write(begin);
            One(request, into);
            begin = ","u8;
        }

        into.Write("]"u8);
    }

    private void One(JsonElement request, IBufferWriter<byte> into)
    {
        into.Write("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        into.Write(Encoding.UTF8.GetBytes(request.GetProperty("id").GetRawText()));
        lock (_lock)
        {
            var (result, error) = Result(request.GetProperty("method").GetString()!, request.GetProperty("params"));
            into.Write(error is null ? ",\"result\":"u8 : ",\"error\":"u8);
            into.Write(error ?? result ?? "null"u8);
        }

        into.Write("}"u8);
    }

    private (byte[]? Result, byte[]? Error) Result(string method, JsonElement parameters) => method switch
    {
        "eth_chainId" => (MadeBlock.Write(json => json.WriteStringValue(MadeBlock.Of(ChainId))), null),
        "eth_getBlockByNumber" => (Find(parameters[0].GetString()!) is { } block ? parameters[1].GetBoolean() ? block.Full : block.Header : null, null),
        "eth_getBlockByHash" => (_byHash.TryGetValue(Word.Parse(parameters[0].GetString()!), out var block) ? block.Header : null, null),
        "eth_getLogs" => Logs(parameters[0]),
        "eth_getTransactionReceipt" => (_transactions.TryGetValue(Word.Parse(parameters[0].GetString()!), out var place) ? place.Block.Receipt(place.Index) : null, null),
        "eth_getTransactionByHash" => (_transactions.TryGetValue(Word.Parse(parameters[0].GetString()!), out var place) ? place.Block.Transaction(place.Index) : null, null),
        // There is no state: no code, no ether, and nothing that anybody could be asked.
        "eth_call" or "eth_getCode" => ("\"0x\""u8.ToArray(), null),
        "eth_getBalance" => ("\"0x0\""u8.ToArray(), null),
        "eth_getStorageAt" => (MadeBlock.Write(json => json.WriteStringValue(Word.Zero.ToString())), null),
        _ => Fails(-32601, $"the method {method} does not exist/is not available"),
    };

    private MadeBlock? Find(string numberOrTag)
    {
        var number = numberOrTag switch
        {
            "latest" => _blocks.Count - 1,
            "safe" => Math.Max(0, _blocks.Count - 1 - (FinalDepth / 2)),
            "finalized" => Math.Max(0, _blocks.Count - 1 - FinalDepth),
            _ => Convert.ToInt64(numberOrTag, 16),
        };
        return number < _blocks.Count && number >= 0 ? _blocks[(int)number] : null;
    }

    private (byte[]? Result, byte[]? Error) Logs(JsonElement filter)
    {
        if (filter.TryGetProperty("blockHash", out var hash))
        {
            return _byHash.TryGetValue(Word.Parse(hash.GetString()!), out var block) ? (block.Logs, null) : Fails(-32000, "unknown block");
        }

        var (wanted, any) = Wanted(filter);
        var (first, last) = (Convert.ToInt32(filter.GetProperty("fromBlock").GetString(), 16), Convert.ToInt32(filter.GetProperty("toBlock").GetString(), 16));
        return (
            MadeBlock.Write(json =>
            {
                json.WriteStartArray();
                for (var number = first; number <= Math.Min(last, _blocks.Count - 1); number++)
                {
                    if (_blocks[number].Logged(any))
                    {
                        _blocks[number].WriteLogs(json, _ => true, wanted, isArray: false);
                    }
                }

                json.WriteEndArray();
            }),
            null);
    }

    /// <returns>Which logs, and words of which each of them holds one.</returns>
    private static (Func<MadeLog, bool> Logs, IReadOnlyCollection<Word> Any) Wanted(JsonElement filter)
    {
        if (filter.TryGetProperty("address", out var addresses))
        {
            var set = addresses.EnumerateArray().Select(address => Address.Parse(address.GetString()!)).ToHashSet();
            return (log => set.Contains(log.Address), [.. set.Select(Word.Of)]);
        }

        var topics = filter.GetProperty("topics").EnumerateArray()
            .Select(topic => topic.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => [Word.Parse(topic.GetString()!)],
                _ => topic.EnumerateArray().Select(one => Word.Parse(one.GetString()!)).ToHashSet(),
            })
            .ToList();
        return (log => log.Topics.Count >= topics.Count && topics.Zip(log.Topics).All(pair => pair.First?.Contains(pair.Second) != false), topics.OfType<HashSet<Word>>().Last());
    }

    private static (byte[]? Result, byte[]? Error) Fails(int code, string message) => (null, MadeBlock.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    }));
}
