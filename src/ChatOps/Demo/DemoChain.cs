using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using NodaTime;

namespace ChatOps.Demo;

/// <summary>The demo's Ethereum: who controls Status's contracts there, and the blocks that the story puts its transactions into. Nothing is asked of the real one.</summary>
internal sealed class DemoChain(TimeProvider clock) : IChainClient
{
    public const string Name = "mainnet";

    private const long FirstBlock = 24_000_000;
    private const int SecondsABlock = 12;
    public static readonly TimeSpan BlockTime = TimeSpan.FromSeconds(SecondsABlock);

    private const int Owners = 5;
    private static readonly Instant Begin = Instant.FromUtc(2026, 1, 1, 0, 0);

    private static readonly Dictionary<(Address, string), byte[]> Answers = new()
    {
        [(DemoContracts.Snt, Selector("controller()"))] = Abi.EncodeArguments("(address)", DemoContracts.Controller),
        [(DemoContracts.Snt, Selector("totalSupply()"))] = Abi.EncodeArguments("(uint256)", BigInteger.Pow(10, 18) * 6_804_870_174),
        [(DemoContracts.Snt, Selector("transfersEnabled()"))] = Abi.EncodeArguments("(bool)", true),
        [(DemoContracts.Controller, Selector("owner()"))] = Abi.EncodeArguments("(address)", DemoContracts.Multisig),
        [(DemoContracts.Multisig, Selector("getOwners()"))] = Abi.EncodeArguments("(address[])", [Enumerable.Range(1, Owners).Select(DemoContracts.Owner).ToList()]),
        [(DemoContracts.Multisig, Selector("required()"))] = Abi.EncodeArguments("(uint256)", 3),
    };

    private readonly Dictionary<Word, TouchingTransaction> _mined = [];

    public string Chain => Name;

    /// <summary>The block of this moment.</summary>
    public BlockRef Now()
    {
        var number = FirstBlock + ((long)(Instant.FromDateTimeOffset(clock.GetUtcNow()) - Begin).TotalSeconds / SecondsABlock);
        return new(number, HashOf(number), HashOf(number - 1), Begin + Duration.FromSeconds((number - FirstBlock) * SecondsABlock));
    }

    /// <summary>A transaction in the block of this moment.</summary>
    public TouchingTransaction Mine(Mines told)
    {
        var nonce = _mined.Count;
        var transaction = new ChainTransaction(Keccak.Hash($"demo transaction {nonce}"), nonce, told.From, told.To, BigInteger.Zero, told.Input, nonce);
        return _mined[transaction.Hash] = new(Name, Now(), transaction, new(told.Succeeded, null, told.Logs), null, [told.To], CaughtUp: false);
    }

    public Task<BlockRef> Head(CancellationToken cancel) => Task.FromResult(Now());

    public Task<ReadOnlyMemory<byte>?> Call(Address to, ReadOnlyMemory<byte> input, Word block, CancellationToken cancel) =>
        Task.FromResult(Answers.TryGetValue((to, Convert.ToHexString(input.Span[..4])), out var answer) ? new ReadOnlyMemory<byte>(answer) : (ReadOnlyMemory<byte>?)null);

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>?>> Calls(IReadOnlyList<(Address To, ReadOnlyMemory<byte> Input)> calls, Word block, CancellationToken cancel) =>
        await Task.WhenAll(calls.Select(call => Call(call.To, call.Input, block, cancel)));

    public Task<Word> Storage(Address address, Word slot, Word block, CancellationToken cancel) => Task.FromResult(Word.Zero);

    public Task<BigInteger> Balance(Address address, Word block, CancellationToken cancel) =>
        Task.FromResult(address == DemoContracts.Multisig ? BigInteger.Pow(10, 18) * 4_200 : BigInteger.Zero);

    public Task<ReadOnlyMemory<byte>> Code(Address address, Word block, CancellationToken cancel) => Task.FromResult(new ReadOnlyMemory<byte>([1]));

    public Task<TouchingTransaction?> Transaction(Word hash, CancellationToken cancel) => Task.FromResult(_mined.GetValueOrDefault(hash));

    private static Word HashOf(long number) => Keccak.Hash($"demo block {number}");

    private static string Selector(string signature) => Convert.ToHexString(Keccak.Hash(signature).ToBytes()[..4]);
}
