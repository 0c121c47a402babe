using System.Numerics;
using System.Text.Json;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Ethereum.Parsing;
using ChatOps.Ethereum.Rpc;

namespace ChatOps.Ethereum;

/// <summary>Questions about a chain by JSON-RPC. What is asked at a block is pinned to its hash (EIP-1898): an endpoint that does not have it says so, and another is asked.</summary>
/// <param name="chain">Which.</param>
/// <param name="endpoints">Who is asked.</param>
/// <param name="reader">Traces.</param>
/// <param name="watched">What is watched now.</param>
internal sealed class EthereumClient(ChainSettings chain, RpcEndpoints endpoints, BlockReader reader, Func<IReadOnlySet<Address>> watched) : IChainClient
{
    public string Chain => chain.Name;

    public async Task<BlockRef> Head(CancellationToken cancel) => await Block("latest", cancel) ?? throw new ChainException($"No endpoint of {Chain} has a newest block.");

    /// <summary>A block by its number or tag; null where there is none.</summary>
    public Task<BlockRef?> Block(string numberOrTag, CancellationToken cancel) => endpoints.Ask((endpoint, stop) => Block(endpoint, numberOrTag, stop), cancel);

    public static async Task<BlockRef?> Block(RpcEndpoint endpoint, string numberOrTag, CancellationToken cancel)
    {
        BlockRef? block = null;
        await endpoint.Ask(new RpcBatch().AddBlock(numberOrTag, full: false), (int _, ref Utf8JsonReader json) => block = BlockJson.Header(ref json), cancel);
        if (numberOrTag == "latest")
        {
            endpoint.State.Head = block is not null ? endpoint.Believed(block) : throw new RpcFault(RpcFaultKind.Behind, "has no newest block");
        }

        return block;
    }

    /// <summary>Several blocks as one endpoint has them; null for each that it does not have.</summary>
    public Task<IReadOnlyList<BlockRef?>> Blocks(IReadOnlyList<long> numbers, CancellationToken cancel) => endpoints.Ask((endpoint, stop) => Blocks(endpoint, numbers, stop), cancel);

    public static async Task<IReadOnlyList<BlockRef?>> Blocks(RpcEndpoint endpoint, IReadOnlyList<long> numbers, CancellationToken cancel)
    {
        var batch = new RpcBatch();
        foreach (var number in numbers)
        {
            batch.AddBlock(number, full: false);
        }

        var blocks = new BlockRef?[numbers.Count];
        await endpoint.Ask(batch, (int place, ref Utf8JsonReader json) => blocks[place] = BlockJson.Header(ref json), cancel);
        return blocks;
    }

    public async Task<ReadOnlyMemory<byte>?> Call(Address to, ReadOnlyMemory<byte> input, Word block, CancellationToken cancel) => (await Calls([(to, input)], block, cancel))[0];

    public Task<IReadOnlyList<ReadOnlyMemory<byte>?>> Calls(IReadOnlyList<(Address To, ReadOnlyMemory<byte> Input)> calls, Word block, CancellationToken cancel) => endpoints.Ask<IReadOnlyList<ReadOnlyMemory<byte>?>>(
        async (endpoint, stop) =>
        {
            var batch = new RpcBatch();
            foreach (var (to, input) in calls)
            {
                batch.Add("eth_call", json =>
                {
                    json.WriteStartObject();
                    json.WriteString("to"u8, Hex.Of(to.ToBytes()));
                    // Some nodes know only the one name, some only the other.
                    json.WriteString("input"u8, Hex.Of(input.Span));
                    json.WriteString("data"u8, Hex.Of(input.Span));
                    json.WriteEndObject();
                    At(json, block);
                });
            }

            var outputs = new byte[calls.Count][];
            var errors = await endpoint.Try(batch, (int place, ref Utf8JsonReader json) => outputs[place] = json.Bytes(), stop);
            return [.. errors.Select((error, i) => error is null ? outputs[i].Length > 0 ? outputs[i] : (ReadOnlyMemory<byte>?)null
                : error.IsRevert ? null
                : throw error.ToFault("eth_call"))];
        },
        cancel);

    public Task<Word> Storage(Address address, Word slot, Word block, CancellationToken cancel) => One(
        "eth_getStorageAt",
        json =>
        {
            json.WriteStringValue(Hex.Of(address.ToBytes()));
            json.WriteStringValue(slot.ToString());
            At(json, block);
        },
        (ref Utf8JsonReader json) => Word.Of(json.Quantity()),
        cancel);

    public Task<BigInteger> Balance(Address address, Word block, CancellationToken cancel) => One("eth_getBalance", json => Of(json, address, block), (ref Utf8JsonReader json) => json.Quantity(), cancel);

    public Task<ReadOnlyMemory<byte>> Code(Address address, Word block, CancellationToken cancel) =>
        One("eth_getCode", json => Of(json, address, block), (ref Utf8JsonReader json) => new ReadOnlyMemory<byte>(json.Bytes()), cancel);

    public async Task<TouchingTransaction?> Transaction(Word hash, CancellationToken cancel)
    {
        if (await endpoints.Ask((endpoint, stop) => Transaction(endpoint, hash, stop), cancel) is not { } found)
        {
            return null;
        }

        var calls = (await reader.Traces([found.Transaction], cancel)).GetValueOrDefault(hash);
        var touched = new WatchedAddresses(watched()).TouchedBy(found.Transaction, found.Receipt, calls);
        return new(Chain, found.Block, found.Transaction, found.Receipt, calls, touched, CaughtUp: false);
    }

    private static async Task<(BlockRef Block, ChainTransaction Transaction, ChainReceipt Receipt)?> Transaction(RpcEndpoint endpoint, Word hash, CancellationToken cancel)
    {
        (ChainTransaction Transaction, Word? Block)? found = null;
        PlacedReceipt? receipt = null;
        await endpoint.Ask(
            new RpcBatch().Add("eth_getTransactionByHash", hash).Add("eth_getTransactionReceipt", hash),
            (int place, ref Utf8JsonReader json) => _ = place == 0
                ? (object?)(found = json.TokenType == JsonTokenType.Null ? null : TransactionJson.ReadWithBlock(ref json))
                : receipt = ReceiptJson.Read(ref json),
            cancel);
        if (found is not { Block: { } in_ } || receipt?.Block != in_)
        {
            return null;
        }

        BlockRef? block = null;
        var batch = new RpcBatch().Add("eth_getBlockByHash", json =>
        {
            json.WriteStringValue(in_.ToString());
            json.WriteBooleanValue(false);
        });
        await endpoint.Ask(batch, (int _, ref Utf8JsonReader json) => block = BlockJson.Header(ref json), cancel);
        return block is null ? throw new RpcFault(RpcFaultKind.Behind, $"does not have block {in_}") : (block, found.Value.Transaction, receipt.Receipt);
    }

    private Task<T> One<T>(string method, Action<Utf8JsonWriter> parameters, Reader<T> read, CancellationToken cancel) => endpoints.Ask(
        async (endpoint, stop) =>
        {
            T? value = default;
            await endpoint.Ask(new RpcBatch().Add(method, parameters), (int _, ref Utf8JsonReader json) => value = read(ref json), stop);
            return value!;
        },
        cancel);

    private static void Of(Utf8JsonWriter json, Address address, Word block)
    {
        json.WriteStringValue(Hex.Of(address.ToBytes()));
        At(json, block);
    }

    private static void At(Utf8JsonWriter json, Word block)
    {
        json.WriteStartObject();
        json.WriteString("blockHash"u8, block.ToString());
        json.WriteEndObject();
    }

    private delegate T Reader<T>(ref Utf8JsonReader json);
}
