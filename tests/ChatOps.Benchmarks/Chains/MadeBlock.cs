using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Benchmarks.Chains;

/// <summary>A block with the JSON that a node gives of it, made once. Its hash is a made-up one: over its number, its parent and its transactions.</summary>
internal sealed class MadeBlock
{
    private readonly Lazy<byte[]> _logs;
    private readonly HashSet<Word> _logged = [];

    public MadeBlock(long number, Word parent, DateTimeOffset at, IReadOnlyList<MadeTransaction> transactions)
    {
        (Number, Parent, At, Transactions) = (number, parent, at, transactions);
        Hash = Keccak.Hash($"{number}/{parent}/{at.Ticks}/{string.Join(',', transactions.Select(transaction => transaction.Hash))}");
        var bloom = new LogBloom();
        foreach (var log in transactions.SelectMany(transaction => transaction.Logs))
        {
            bloom.Add(LogBloom.Trace.Of(log.Address));
            _logged.Add(Word.Of(log.Address));
            foreach (var topic in log.Topics)
            {
                _logged.Add(topic);
                bloom.Add(LogBloom.Trace.Of(topic));
            }
        }

        Full = Write(json => WriteBlock(json, bloom, full: true));
        Header = Write(json => WriteBlock(json, bloom, full: false));
        _logs = new(() => Write(json => WriteLogs(json, _ => true)));
    }

    public long Number { get; }

    public Word Hash { get; }

    public Word Parent { get; }

    public DateTimeOffset At { get; }

    public IReadOnlyList<MadeTransaction> Transactions { get; }

    /// <summary>With its transactions.</summary>
    public byte[] Full { get; }

    /// <summary>With their hashes only.</summary>
    public byte[] Header { get; }

    public byte[] Logs => _logs.Value;

    /// <summary>Whether one of them emitted a log here, or is a topic of one: a node has an index for it.</summary>
    public bool Logged(IEnumerable<Word> any) => any.Any(_logged.Contains);

    public byte[] Transaction(int index) => Write(json => WriteTransaction(json, index));

    public byte[] Receipt(int index) => Write(json =>
    {
        var transaction = Transactions[index];
        json.WriteStartObject();
        Place(json, index);
        json.WriteString("transactionHash", transaction.Hash.ToString());
        json.WriteString("from", Of(transaction.From));
        json.WriteString("to", transaction.To is { } to ? Of(to) : null);
        json.WriteString("contractAddress", transaction.To is null ? Of(CreatedContract.AddressOf(transaction.From, transaction.Nonce)) : null);
        json.WriteString("status", transaction.Succeeded ? "0x1" : "0x0");
        json.WriteString("gasUsed", "0x5208");
        json.WritePropertyName("logs");
        WriteLogs(json, each => each == index);
        json.WriteEndObject();
    });

    /// <param name="json">Where to.</param>
    /// <param name="ofTransaction">Of which transactions, by their places.</param>
    /// <param name="wanted">Which of those; null: all.</param>
    /// <param name="isArray">False: the array is open already.</param>
    public void WriteLogs(Utf8JsonWriter json, Func<int, bool> ofTransaction, Func<MadeLog, bool>? wanted = null, bool isArray = true)
    {
        if (isArray)
        {
            json.WriteStartArray();
        }

        var place = 0;
        for (var index = 0; index < Transactions.Count; index++)
        {
            foreach (var log in Transactions[index].Logs)
            {
                if (ofTransaction(index) && wanted?.Invoke(log) != false)
                {
                    WriteLog(json, index, log, place);
                }

                place++;
            }
        }

        if (isArray)
        {
            json.WriteEndArray();
        }
    }

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            write(json);
        }

        return bytes.WrittenSpan.ToArray();
    }

    public static string Of(long number) => "0x" + number.ToString("x", CultureInfo.InvariantCulture);

    private static string Of(Address address) => "0x" + Convert.ToHexStringLower(address.ToBytes());

    private static string Of(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    private void WriteLog(Utf8JsonWriter json, int index, MadeLog log, int place)
    {
        json.WriteStartObject();
        json.WriteString("address", Of(log.Address));
        json.WriteStartArray("topics");
        foreach (var topic in log.Topics)
        {
            json.WriteStringValue(topic.ToString());
        }

        json.WriteEndArray();
        json.WriteString("data", Of(log.Data));
        Place(json, index);
        json.WriteString("transactionHash", Transactions[index].Hash.ToString());
        json.WriteString("logIndex", Of(place));
        json.WriteBoolean("removed", false);
        json.WriteEndObject();
    }

    private void Place(Utf8JsonWriter json, int index)
    {
        json.WriteString("blockHash", Hash.ToString());
        json.WriteString("blockNumber", Of(Number));
        json.WriteString("transactionIndex", Of(index));
    }

    private void WriteBlock(Utf8JsonWriter json, LogBloom bloom, bool full)
    {
        json.WriteStartObject();
        json.WriteString("baseFeePerGas", "0x2540be400");
        json.WriteString("gasLimit", "0x2255100");
        json.WriteString("hash", Hash.ToString());
        json.WriteString("logsBloom", Of(bloom.Bits));
        json.WriteString("miner", "0x4838b106fce9647bdf1e7877bf73ce8b0bad5f97");
        json.WriteString("number", Of(Number));
        json.WriteString("parentHash", Parent.ToString());
        json.WriteString("receiptsRoot", Keccak.Hash("receipts").ToString());
        json.WriteString("stateRoot", Keccak.Hash("state").ToString());
        json.WriteString("timestamp", Of(At.ToUnixTimeSeconds()));
        json.WriteStartArray("transactions");
        for (var index = 0; index < Transactions.Count; index++)
        {
            if (full)
            {
                WriteTransaction(json, index);
            }
            else
            {
                json.WriteStringValue(Transactions[index].Hash.ToString());
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("uncles");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteTransaction(Utf8JsonWriter json, int index)
    {
        var transaction = Transactions[index];
        json.WriteStartObject();
        Place(json, index);
        json.WriteString("from", Of(transaction.From));
        json.WriteString("gas", "0x3d090");
        json.WriteString("gasPrice", "0x2a51bd80f");
        json.WriteString("maxFeePerGas", "0x3b9aca000");
        json.WriteString("maxPriorityFeePerGas", "0x5f5e100");
        json.WriteString("hash", transaction.Hash.ToString());
        json.WriteString("input", Of(transaction.Input));
        json.WriteString("nonce", Of(transaction.Nonce));
        json.WriteString("to", transaction.To is { } to ? Of(to) : null);
        json.WriteString("value", "0x16345785d8a0000");
        json.WriteString("type", "0x2");
        json.WriteStartArray("accessList");
        json.WriteEndArray();
        json.WriteString("chainId", "0x1");
        json.WriteString("v", "0x1");
        json.WriteString("r", transaction.Hash.ToString());
        json.WriteString("s", transaction.Hash.ToString());
        json.WriteString("yParity", "0x1");
        json.WriteEndObject();
    }
}
