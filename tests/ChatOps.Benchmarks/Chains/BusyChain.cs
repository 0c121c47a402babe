using System.Buffers.Binary;
using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Benchmarks.Chains;

/// <summary>Blocks as Ethereum's are: some two hundred transactions with about two logs each, most of them tokens' transfers, of which hardly one touches what is watched.</summary>
internal static class BusyChain
{
    private const int TokenCount = 400;
    private const int PeopleCount = 20_000;
    private const int SecondsBetween = 12;

    private static readonly Word Transfer = Keccak.Hash("Transfer(address,address,uint256)");
    private static readonly Word Swap = Keccak.Hash("Swap(address,uint256,uint256,uint256,uint256,address)");

    // One of so many is an attempt that somebody has to hear of.
    private const int Rarely = 20_000;

    /// <summary>Six tokens that a follower watches.</summary>
    public static IReadOnlyList<Address> Tokens { get; } = [.. Enumerable.Range(0, 6).Select(i => Of(3, i))];

    /// <summary>Four wallets that it watches.</summary>
    public static IReadOnlyList<Address> Wallets { get; } = [.. Enumerable.Range(6, 4).Select(i => Of(3, i))];

    /// <param name="blocks">How many.</param>
    /// <param name="transactions">In each.</param>
    /// <param name="touching">How many of a hundred thousand touch what is watched.</param>
    /// <param name="last">When the newest was made.</param>
    public static MadeChain Make(int blocks, int transactions, int touching, DateTimeOffset last)
    {
        var (chain, random, number) = (new MadeChain(), new Random(1), 0);
        for (var i = 0; i < blocks; i++)
        {
            chain.Mine(last.AddSeconds(SecondsBetween * (i - blocks + 1)), [.. Enumerable.Range(0, transactions).Select(_ => Make(random, touching, number++))]);
        }

        return chain;
    }

    private static MadeTransaction Make(Random random, int touching, int number)
    {
        var (from, to, token) = (Of(1, random.Next(PeopleCount)), Of(1, random.Next(PeopleCount)), Of(2, random.Next(TokenCount)));
        var input = new byte[random.Next(4) == 0 ? random.Next(1_000) : 68];
        random.NextBytes(input);
        // Of six that touch, four move a watched token, one of them in vain, and two bring a token that nobody knows to a watched wallet.
        var hash = Keccak.Hash($"transaction {number}");
        if (number % Rarely == Rarely / 2)
        {
            return new(hash, from, Tokens[0], number, Abi.Encode("generateTokens(address,uint256)", from, BigInteger.One), false, []);
        }

        var (ours, wallet, amount) = (Tokens[random.Next(Tokens.Count)], Wallets[random.Next(Wallets.Count)], (BigInteger)random.Next());
        return (random.Next(100_000) < touching ? random.Next(6) : 6) switch
        {
            < 3 => new(hash, from, ours, number, Abi.Encode("transfer(address,uint256)", to, amount), true, [new(ours, [Transfer, Word.Of(from), Word.Of(to)], Word.Of(amount).ToBytes())]),
            3 => new(hash, from, ours, number, Abi.Encode("transfer(address,uint256)", to, amount), false, []),
            < 6 => new(hash, from, token, number, input, true, [new(token, [Transfer, Word.Of(from), Word.Of(wallet)], new byte[32])]),
            _ => new(hash, from, token, number, input, true, [.. Enumerable.Range(0, random.Next(5)).Select(i => i == 3
                ? new MadeLog(token, [Swap, Word.Of(from), Word.Of(to)], new byte[128])
                : new MadeLog(Of(2, random.Next(TokenCount)), [Transfer, Word.Of(Of(1, random.Next(PeopleCount))), Word.Of(to)], new byte[32]))]),
        };
    }

    private static Address Of(byte kind, int number)
    {
        Span<byte> bytes = stackalloc byte[Address.Length];
        bytes.Fill((byte)(0x11 * kind));
        BinaryPrimitives.WriteInt32BigEndian(bytes[14..], number * 7919);
        return new Address(bytes);
    }
}
