using System.Buffers.Binary;
using ChatOps.Core.Contracts;

namespace ChatOps.Benchmarks.Chains;

/// <summary>Blocks as Ethereum's are: some two hundred transactions with about two logs each, most of them tokens' transfers, of which hardly one touches what is watched.</summary>
internal static class BusyChain
{
    private const int TokenCount = 400;
    private const int PeopleCount = 20_000;
    private const int SecondsBetween = 12;

    private static readonly Word Transfer = Keccak.Hash("Transfer(address,address,uint256)");
    private static readonly Word Swap = Keccak.Hash("Swap(address,uint256,uint256,uint256,uint256,address)");

    /// <summary>Ten addresses that a follower watches.</summary>
    public static IReadOnlyList<Address> Watched { get; } = [.. Enumerable.Range(0, 10).Select(i => Of(3, i))];

    /// <param name="blocks">How many.</param>
    /// <param name="transactions">In each.</param>
    /// <param name="last">When the newest was made.</param>
    public static MadeChain Make(int blocks, int transactions, DateTimeOffset last)
    {
        var (chain, random, number) = (new MadeChain(), new Random(1), 0);
        for (var i = 0; i < blocks; i++)
        {
            chain.Mine(last.AddSeconds(SecondsBetween * (i - blocks + 1)), [.. Enumerable.Range(0, transactions).Select(_ => Make(random, number++))]);
        }

        return chain;
    }

    private static MadeTransaction Make(Random random, int number)
    {
        var (from, to, token) = (Of(1, random.Next(PeopleCount)), Of(1, random.Next(PeopleCount)), Of(2, random.Next(TokenCount)));
        var input = new byte[random.Next(4) == 0 ? random.Next(1_000) : 68];
        random.NextBytes(input);
        // Six of a thousand: two to a watched contract, one of which fails, and a token that nobody knows in a watched wallet.
        var hash = Keccak.Hash($"transaction {number}");
        return random.Next(1_000) switch
        {
            < 3 => new(hash, from, Pick(random), number, input, true, [new(Pick(random), [Transfer, Word.Of(from), Word.Of(to)], new byte[32])]),
            3 => new(hash, from, Pick(random), number, input, false, []),
            < 6 => new(hash, from, token, number, input, true, [new(token, [Transfer, Word.Of(from), Word.Of(Pick(random))], new byte[32])]),
            _ => new(hash, from, token, number, input, true, [.. Enumerable.Range(0, random.Next(5)).Select(i => i == 3
                ? new MadeLog(token, [Swap, Word.Of(from), Word.Of(to)], new byte[128])
                : new MadeLog(Of(2, random.Next(TokenCount)), [Transfer, Word.Of(Of(1, random.Next(PeopleCount))), Word.Of(to)], new byte[32]))]),
        };
    }

    private static Address Pick(Random random) => Watched[random.Next(Watched.Count)];

    private static Address Of(byte kind, int number)
    {
        Span<byte> bytes = stackalloc byte[Address.Length];
        bytes.Fill((byte)(0x11 * kind));
        BinaryPrimitives.WriteInt32BigEndian(bytes[14..], number * 7919);
        return new Address(bytes);
    }
}
