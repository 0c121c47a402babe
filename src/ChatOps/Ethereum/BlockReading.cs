using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Ethereum.Parsing;
using ChatOps.Ethereum.Rpc;

namespace ChatOps.Ethereum;

/// <summary>A transaction of ours before it is told.</summary>
internal sealed record FoundTransaction(ChainTransaction Transaction, ChainReceipt Receipt, IReadOnlyList<ChainCall>? Calls);

internal sealed record FoundBlock(BlockRef Block, IReadOnlyList<FoundTransaction> Touching);

/// <summary>Reading one piece of a chain from one endpoint. Whatever does not fit together is a fault of the endpoint: it lags, is on its way to another chain, or lies.</summary>
internal sealed class BlockReading(RpcEndpoint endpoint, WatchedAddresses watched, ChainHabits habits, bool traces, CancellationToken cancel)
{
    /// <summary>Where something that is not there seems to be less often than this, few settled blocks are asked about one by one for nothing.</summary>
    private const double GoodBloom = 0.05;

    // By block: hashes of transactions of ours, and those that the block scan has materialised already.
    private readonly List<HashSet<Word>> _touching = [];
    private readonly Dictionary<Word, ChainTransaction> _transactions = [];
    private readonly Dictionary<Word, IReadOnlyList<ChainCall>> _calls = [];

    // Blocks of which all logs were read, and how many of them each transaction left: a receipt has to have as many.
    private readonly HashSet<int> _whole = [];
    private readonly Dictionary<Word, int> _logCounts = [];
    private ScannedBlock[] _blocks = [];

    public async Task<IReadOnlyList<FoundBlock>> Read(long first, int count, bool settled)
    {
        await ReadBlocks(first, count, settled);
        await ReadLogs(settled);
        if (traces)
        {
            await ReadTraces();
        }

        var receipts = await ReadReceipts();
        return [.. _blocks.Select((block, i) => new FoundBlock(
            block.Block,
            [.. _touching[i].Select(hash => new FoundTransaction(_transactions[hash], receipts[hash], Tracing.Believed(_calls.GetValueOrDefault(hash), _transactions[hash]))).OrderBy(found => found.Transaction.Index)]))];
    }

    /// <summary>The blocks; where they are settled, with what of their logs is ours in the same request, so that the node that has the blocks answers both.</summary>
    private async Task ReadBlocks(long first, int count, bool settled)
    {
        var batch = new RpcBatch();
        for (var i = 0; i < count; i++)
        {
            batch.AddBlock(first + i, full: true);
        }

        if (settled && watched.All.Count > 0)
        {
            batch.AddLogs(first, first + count - 1, watched);
        }

        var (scanned, logs, bytes) = (new ScannedBlock?[count], new List<ScannedLog>?[batch.Count], 0L);
        await endpoint.Ask(
            batch,
            (int place, ref Utf8JsonReader json) =>
            {
                var began = json.BytesConsumed;
                if (place < count)
                {
                    scanned[place] = BlockJson.Scan(ref json, watched);
                }
                else
                {
                    logs[place] = LogJson.ScanAll(ref json);
                }

                bytes += json.BytesConsumed - began;
            },
            cancel);
        habits.Learn(count, bytes);
        _blocks = [.. scanned.Select((block, i) => block ?? throw Behind($"does not have block {first + i}"))];
        for (var i = 0; i < count; i++)
        {
            var block = endpoint.Believed(_blocks[i].Block);
            if (block.Number != first + i || (i > 0 && block.Parent != _blocks[i - 1].Block.Hash))
            {
                throw Behind($"its block {first + i} does not stand on the one before it");
            }

            if (_blocks[i] is { TransactionCount: 0, Bloom.IsEmpty: false })
            {
                throw Behind($"shows no transaction of block {first + i}, and that there are logs of them");
            }

            _touching.Add([.. _blocks[i].Touching.Select(transaction => transaction.Hash)]);
            foreach (var transaction in _blocks[i].Touching)
            {
                _transactions[transaction.Hash] = transaction;
            }
        }

        Take(logs.OfType<List<ScannedLog>>().SelectMany(log => log));
    }

    private void Take(IEnumerable<ScannedLog> logs)
    {
        foreach (var log in logs)
        {
            var i = Array.FindIndex(_blocks, block => block.Block.Hash == log.Block);
            if (i < 0)
            {
                throw Behind("its logs are of other blocks than it shows");
            }

            habits.KeepsBlooms &= !_blocks[i].Bloom.IsEmpty;
            if (Touches(log))
            {
                _touching[i].Add(log.Transaction);
            }
        }
    }

    /// <summary>The logs of blocks that may hold one of ours, pinned to the block's hash and proved by its bloom: none can be left out unseen.</summary>
    private async Task ReadLogs(bool settled)
    {
        var asked = Enumerable.Range(0, _blocks.Length).Where(i => IsAsked(i, settled)).ToList();
        if (asked.Count == 0)
        {
            return;
        }

        var batch = new RpcBatch();
        asked.ForEach(i => batch.AddLogs(_blocks[i].Block.Hash));
        var logs = new List<ScannedLog>[asked.Count];
        await endpoint.Ask(batch, (int place, ref Utf8JsonReader json) => logs[place] = LogJson.ScanAll(ref json), cancel);
        for (var place = 0; place < asked.Count; place++)
        {
            var block = _blocks[asked[place]];
            if (logs[place].Any(log => log.Block != block.Block.Hash) || !Proves(block, logs[place]))
            {
                throw Behind($"its logs of block {block.Block.Number} are not those that the block was made with");
            }

            Take(logs[place]);
            _whole.Add(asked[place]);
            foreach (var log in logs[place])
            {
                _logCounts[log.Transaction] = _logCounts.GetValueOrDefault(log.Transaction) + 1;
            }
        }
    }

    private bool IsAsked(int i, bool settled)
    {
        var block = _blocks[i];
        if (watched.All.Count == 0 || block.TransactionCount == 0)
        {
            return false;
        }

        return block.Bloom.IsEmpty
            ? !settled || !habits.KeepsBlooms // perhaps nothing was logged, perhaps this chain keeps none
            : watched.MayBeIn(block.Bloom) && (!settled || block.Bloom.Chance < GoodBloom);
    }

    private static bool Proves(ScannedBlock block, List<ScannedLog> logs)
    {
        if (block.Bloom.IsEmpty)
        {
            return true; // and if there are any, this chain keeps none
        }

        var (bloom, addresses, topics) = (new LogBloom(), new HashSet<Address>(), new HashSet<Word>());
        foreach (var log in logs)
        {
            if (addresses.Add(log.Address))
            {
                bloom.Add(LogBloom.Trace.Of(log.Address));
            }

            for (var place = 0; place < log.Topics.Count; place++)
            {
                if (topics.Add(log.Topics[place]))
                {
                    bloom.Add(LogBloom.Trace.Of(log.Topics[place]));
                }
            }
        }

        return bloom.Equals(block.Bloom);
    }

    private bool Touches(ScannedLog log) => watched.Has(log.Address)
        || (log.Topics.Count >= 3 && log.Topics[0] == WatchedAddresses.Transfer && (watched.Has(log.Topics[1].ToAddress()) || watched.Has(log.Topics[2].ToAddress())))
        || (log.Topics.Count >= 3 && log.Topics[0] == WatchedAddresses.Approval && watched.Has(log.Topics[1].ToAddress()));

    private async Task ReadTraces()
    {
        var some = Enumerable.Range(0, _blocks.Length).Where(i => _blocks[i].TransactionCount > 0).ToList();
        if (!endpoint.Traces || some.Count == 0 || await Tracing.Blocks(endpoint, [.. some.Select(i => _blocks[i].Block.Hash)], watched, cancel) is not { } traced)
        {
            return;
        }

        foreach (var (i, block) in some.Zip(traced))
        {
            foreach (var (hash, calls) in block)
            {
                if (_touching[i].Contains(hash) || calls.Any(call => watched.Has(call.From) || watched.Has(call.To)))
                {
                    _touching[i].Add(hash);
                    _calls[hash] = calls;
                }
            }
        }
    }

    /// <summary>What became of ours, and the transactions themselves that only a log or a trace has shown.</summary>
    private async Task<Dictionary<Word, ChainReceipt>> ReadReceipts()
    {
        var ours = _touching.SelectMany((hashes, i) => hashes.Select(hash => (Hash: hash, Block: _blocks[i].Block.Hash, Place: i))).ToList();
        var unseen = ours.Where(each => !_transactions.ContainsKey(each.Hash)).ToList();
        var receipts = new Dictionary<Word, ChainReceipt>();
        if (ours.Count == 0)
        {
            return receipts;
        }

        var batch = new RpcBatch();
        ours.ForEach(each => batch.Add("eth_getTransactionReceipt", each.Hash));
        unseen.ForEach(each => batch.Add("eth_getTransactionByHash", each.Hash));
        await endpoint.Ask(
            batch,
            (int place, ref Utf8JsonReader json) =>
            {
                if (place < ours.Count)
                {
                    var (hash, block, at) = ours[place];
                    var receipt = ReceiptJson.Read(ref json) is { } read && read.Block == block ? read.Receipt : throw Behind($"has no receipt in that block for {hash}");
                    receipts[hash] = !_whole.Contains(at) || receipt.Logs.Count == _logCounts.GetValueOrDefault(hash) ? receipt : throw Behind($"its receipt of {hash} has other logs than its block");
                }
                else
                {
                    var wanted = unseen[place - ours.Count];
                    var (transaction, block) = json.TokenType != JsonTokenType.Null ? TransactionJson.ReadWithBlock(ref json) : throw Behind($"does not have {wanted.Hash}");
                    _transactions[wanted.Hash] = block == wanted.Block && transaction.Hash == wanted.Hash ? transaction : throw Behind($"has {wanted.Hash} in another block");
                }
            },
            cancel);
        return receipts;
    }

    private static RpcFault Behind(string what) => new(RpcFaultKind.Behind, what);
}
