using System.Numerics;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using NodaTime;

namespace ChatOps.Tests.Fakes.Ethereum;

/// <summary>A chain that says what a scenario has told it to say, block by block, and makes the transactions that the scenario brings in.</summary>
internal sealed class ToldChain(string name = "main") : IChainClient
{
    private readonly Dictionary<Word, long> _heights = [];
    private readonly Dictionary<(Address, string), SortedList<long, byte[]>> _answers = [];
    private readonly Dictionary<(Address, Word), SortedList<long, Word>> _slots = [];
    private int _nonce;

    public string Chain => name;

    public Dictionary<Address, BigInteger> Balances { get; } = [];

    public Dictionary<Address, byte[]> Codes { get; } = [];

    /// <summary>About these no endpoint answers.</summary>
    public HashSet<Address> Silent { get; } = [];

    /// <summary>No endpoint answers.</summary>
    public bool IsAway { get; set; }

    /// <summary>From a height on a call without arguments answers this.</summary>
    public void Says(Address contract, string signature, long from, string types, params object[] values)
    {
        var key = (contract, Selector(signature));
        (_answers.TryGetValue(key, out var list) ? list : _answers[key] = [])[from] = Abi.EncodeArguments(types, values);
    }

    public void Holds(Address contract, Word slot, long from, Address value) =>
        (_slots.TryGetValue((contract, slot), out var list) ? list : _slots[(contract, slot)] = [])[from] = Word.Of(value);

    public BlockRef Block(long number, string branch = "", Instant? at = null)
    {
        var hash = Keccak.Hash($"{branch}/{number}");
        var parent = Keccak.Hash($"{branch}/{number - 1}");
        (_heights[hash], _heights[parent]) = (number, number - 1);
        return new(number, hash, parent, at ?? Instant.FromUtc(2026, 11, 23, 10, 0) + Duration.FromSeconds(12 * (number - 100)));
    }

    /// <summary>A transaction in a block.</summary>
    public TouchingTransaction Makes(BlockRef block, Address from, Address to, byte[] input, IEnumerable<Address> touched, BigInteger value = default, bool succeeded = true, bool late = false, params ChainLog[] logs)
    {
        var number = _nonce++;
        var transaction = new ChainTransaction(Keccak.Hash($"{name}/{number}"), 0, from, to, value, input, number);
        return new(name, block, transaction, new(succeeded, null, [.. logs.Select((log, i) => log with { Index = i })]), null, [.. touched], late);
    }

    public static ChainLog Log(Address emitter, string signature, IEnumerable<Word> topics, string types = "()", params object[] values) =>
        new(emitter, [Keccak.Hash(signature), .. topics], Abi.EncodeArguments(types, values), 0);

    public Task<BlockRef> Head(CancellationToken cancel) => Task.FromResult(Block(100));

    public Task<ReadOnlyMemory<byte>?> Call(Address to, ReadOnlyMemory<byte> input, Word block, CancellationToken cancel) =>
        Answer<ReadOnlyMemory<byte>?>(to, () => Last(_answers.GetValueOrDefault((to, Convert.ToHexStringLower(input.Span[..4]))), block) is { } bytes ? new ReadOnlyMemory<byte>(bytes) : null);

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>?>> Calls(IReadOnlyList<(Address To, ReadOnlyMemory<byte> Input)> calls, Word block, CancellationToken cancel) =>
        await Task.WhenAll(calls.Select(call => Call(call.To, call.Input, block, cancel)));

    public Task<Word> Storage(Address address, Word slot, Word block, CancellationToken cancel) => Answer(address, () => Last(_slots.GetValueOrDefault((address, slot)), block));

    public Task<BigInteger> Balance(Address address, Word block, CancellationToken cancel) => Answer(address, () => Balances.GetValueOrDefault(address));

    public Task<ReadOnlyMemory<byte>> Code(Address address, Word block, CancellationToken cancel) => Answer(address, () => new ReadOnlyMemory<byte>(Codes.GetValueOrDefault(address) ?? [1]));

    public Task<TouchingTransaction?> Transaction(Word hash, CancellationToken cancel) => Answer<TouchingTransaction?>(null, () => null);

    private static string Selector(string signature) => Convert.ToHexStringLower(Keccak.Hash(signature).ToBytes()[..4]);

    private T? Last<T>(SortedList<long, T>? list, Word block) => list is null ? default : list.Where(each => each.Key <= _heights[block]).Select(each => each.Value).LastOrDefault();

    private Task<T> Answer<T>(Address? about, Func<T> answer) => IsAway || (about is { } address && Silent.Contains(address)) ? Task.FromException<T>(new ChainException("http://127.0.0.1:1 does not answer.")) : Task.FromResult(answer());
}
