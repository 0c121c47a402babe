using System.Security.Cryptography;
using ChatOps.Benchmarks.Chains;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Tests.Fakes.Ethereum;

/// <summary>Transactions that do and do not touch a watched address, the same for the same seed.</summary>
internal sealed class MadeTraffic(int seed)
{
    private static readonly Word Transfer = Keccak.Hash("Transfer(address,address,uint256)");

    private readonly Random _random = new(seed);
    private int _count;

    public Address Watched { get; } = Address.Parse("0x744d70fdbe2ba4cf95131626614a1763df805b9e");

    public int Next(int below) => _random.Next(below);

    /// <summary>To it; a failed one leaves no log.</summary>
    public MadeTransaction To(bool succeeded = true) =>
        Make(Someone(), Watched, succeeded ? [new(Watched, [Keccak.Hash("Called()")], [])] : []) with { Succeeded = succeeded };

    public MadeTransaction From() => Make(Watched, Someone(), []);

    /// <summary>A token that nobody knows goes to it; the transaction itself is between others.</summary>
    public MadeTransaction Token() => Make(Someone(), Someone(), [new(Someone(), [Transfer, Word.Of(Someone()), Word.Of(Watched)], new byte[32])]);

    /// <summary>Between others.</summary>
    public MadeTransaction Foreign() => Make(Someone(), Someone(), [new(Someone(), [Transfer, Word.Of(Someone()), Word.Of(Someone())], new byte[32])]);

    public MadeTransaction Any() => Next(6) switch
    {
        0 => To(),
        1 => To(succeeded: false),
        2 => From(),
        3 => Token(),
        _ => Foreign(),
    };

    public IReadOnlyList<MadeTransaction> Some(int most) => [.. Enumerable.Range(0, Next(most + 1)).Select(_ => Any())];

    public static bool Touches(MadeTransaction transaction, Address watched) => transaction.From == watched || transaction.To == watched
        || (transaction.To is null && CreatedContract.AddressOf(transaction.From, transaction.Nonce) == watched)
        || transaction.Logs.Any(log => log.Address == watched || (log.Topics[0] == Transfer && log.Topics.Skip(1).Any(topic => topic == Word.Of(watched))));

    private MadeTransaction Make(Address from, Address to, IReadOnlyList<MadeLog> logs)
    {
        var place = _count++;
        return new(Keccak.Hash($"{seed}/{place}"), from, to, place, RandomNumberGenerator.GetBytes(4), true, logs);
    }

    private Address Someone()
    {
        Span<byte> bytes = stackalloc byte[Address.Length];
        _random.NextBytes(bytes);
        return new Address(bytes);
    }
}
