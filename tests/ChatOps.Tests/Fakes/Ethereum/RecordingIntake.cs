using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Tests.Fakes.Ethereum;

/// <summary>What a follower brings, as an intake keeps it: each transaction with where it stands now. It outlives the follower, as a store does.</summary>
internal sealed class RecordingIntake : ITransactionIntake
{
    private readonly Dictionary<Word, TouchingTransaction> _standing = [];
    private readonly List<long> _passed = [];

    public HashSet<Address> Addresses { get; } = [];

    /// <summary>Called around each thing that is done, with its name; a test lets the follower die there.</summary>
    public Action<string> Point { get; set; } = _ => { };

    /// <summary>Those that stand in the chain, by their hashes.</summary>
    public IReadOnlyDictionary<Word, TouchingTransaction> Standing => _standing;

    /// <summary>How often one was taken back, that was known.</summary>
    public int Retracted { get; private set; }

    /// <summary>The numbers of the blocks that were read to their end, in the order in which they were.</summary>
    public IReadOnlyList<long> Read => _passed;

    public IReadOnlySet<Address> Watched(string chain) => Addresses;

    public Task Receive(IReadOnlyList<TouchingTransaction> transactions, CancellationToken cancel)
    {
        Point("before receive");
        foreach (var transaction in transactions)
        {
            _standing[transaction.Transaction.Hash] = transaction;
        }

        Point("after receive");
        return Task.CompletedTask;
    }

    public Task Retract(string chain, IReadOnlyList<BlockRef> gone, CancellationToken cancel)
    {
        Point("before retract");
        var hashes = gone.Select(block => block.Hash).ToHashSet();
        foreach (var transaction in _standing.Values.Where(transaction => hashes.Contains(transaction.Block.Hash)).ToList())
        {
            _standing.Remove(transaction.Transaction.Hash);
            Retracted++;
        }

        Point("after retract");
        return Task.CompletedTask;
    }

    public Task Passed(IChainClient chain, BlockRef block, CancellationToken cancel)
    {
        Point("before passed");
        _passed.Add(block.Number);
        return Task.CompletedTask;
    }
}
