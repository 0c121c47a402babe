using System.Numerics;
using System.Text.Json.Nodes;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Tests.Fakes.Ethereum;

namespace ChatOps.Tests.Adapters.Ethereum;

/// <summary>Following a real node: what touches is found however it touches, and reorganisations of any depth end with what the chain holds.</summary>
public sealed class AnvilTests
{
    private static readonly Address Watched = Address.Parse("0x744d70fdbe2ba4cf95131626614a1763df805b9e");

    // LOG3 Transfer(caller, calldata[0]) with calldata[32]; nothing else: a token that nobody has heard of.
    private static readonly string Token = Deploying($"602035600052600035337f{WatchedAddresses.Transfer.ToString()[2..]}60206000a300");

    private static readonly string Refusing = Deploying("60006000fd");

    // SELFDESTRUCT to calldata[0].
    private static readonly string Vanishing = Deploying("600035ff");

    [NeedsAnvil]
    public async Task What_touches_is_found_however_it_touches()
    {
        await using var anvil = await RealAnvil.Start();
        var accounts = await anvil.Accounts();
        await using var node = await FaultyNode.Before(anvil.Answer);
        await using var followed = new FollowedChain(RealAnvil.ChainId, [node.Url], traces: true);
        var token = Created(await anvil.Sent(accounts[0], null, Token));
        var refusing = Created(await anvil.Sent(accounts[0], null, Refusing));
        var vanishing = Created(await anvil.Sent(accounts[0], null, Vanishing, value: "0x5"));
        var nonce = 3;
        var born = CreatedContract.AddressOf(accounts[0], nonce);
        followed.Intake.Addresses.UnionWith([Watched, refusing, born, accounts[5]]);

        var wanted = new Dictionary<Word, string>
        {
            [Hash(await anvil.Sent(accounts[0], null, Token))] = "creation",
            [Hash(await anvil.Sent(accounts[1], Watched, value: "0x7"))] = "to",
            [Hash(await anvil.Sent(accounts[5], accounts[2]))] = "from",
            [Hash(await anvil.Sent(accounts[1], refusing))] = "failed",
            [Hash(await anvil.Sent(accounts[1], token, Argument(Watched) + new string('0', 63) + "9"))] = "unknown token",
            [Hash(await anvil.Sent(accounts[1], vanishing, Argument(Watched)))] = "self-destruct",
        };
        await anvil.Sent(accounts[1], token, Argument(accounts[2]) + new string('0', 64));
        await anvil.Sent(accounts[1], accounts[2]);

        await followed.UntilAt(await anvil.Head());
        // The watched contract that refuses, and nothing before it was watched, came into being in the second block.
        var found = followed.Intake.Standing.Where(each => each.Value.Block.Number != 2).ToDictionary();
        Assert.Equal(wanted.Keys.Order(Comparer<Word>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))), found.Keys.Order(Comparer<Word>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))));
        var failed = found.Values.Single(each => wanted[each.Transaction.Hash] == "failed");
        Assert.False(failed.Receipt.Succeeded);
        Assert.Empty(failed.Receipt.Logs);
        var created = found.Values.Single(each => wanted[each.Transaction.Hash] == "creation");
        Assert.Equal(born, created.Receipt.Created);
        Assert.Equal([born], created.Touched);
        var gone = found.Values.Single(each => wanted[each.Transaction.Hash] == "self-destruct");
        Assert.Contains(gone.Calls!, call => call.Kind == "SELFDESTRUCT" && call.To == Watched && call.Value == 5);
        var paid = found.Values.Single(each => wanted[each.Transaction.Hash] == "unknown token");
        Assert.Equal([Watched], paid.Touched);
        Assert.Equal(token, Assert.Single(paid.Receipt.Logs).Address);
    }

    [NeedsAnvil]
    public async Task What_is_asked_at_a_block_is_answered_as_it_was_there()
    {
        await using var anvil = await RealAnvil.Start();
        var accounts = await anvil.Accounts();
        await using var node = await FaultyNode.Before(anvil.Answer);
        await using var followed = new FollowedChain(RealAnvil.ChainId, [node.Url]);
        var client = followed.Chain.Client;
        var before = await anvil.Head();
        var refusing = Created(await anvil.Sent(accounts[0], null, Refusing, value: "0x0"));
        var sent = await anvil.Sent(accounts[0], Watched, "0x1234", value: "0x7");
        followed.Intake.Addresses.Add(Watched);
        var now = await anvil.Head();

        Assert.Equal(now, (await client.Head(default)).Hash);
        Assert.Equal(BigInteger.Zero, await client.Balance(Watched, before, default));
        Assert.Equal(7, await client.Balance(Watched, now, default));
        Assert.Equal(0, (await client.Code(refusing, before, default)).Length);
        Assert.Equal("60006000FD", Convert.ToHexString((await client.Code(refusing, now, default)).Span));
        Assert.Equal(Word.Zero, await client.Storage(refusing, Word.Zero, now, default));
        Assert.Null(await client.Call(refusing, default, now, default));
        Assert.Null(await client.Call(Watched, default, now, default));
        var found = Assert.IsType<TouchingTransaction>(await client.Transaction(Hash(sent), default));
        Assert.Equal([Watched], found.Touched);
        Assert.Equal("1234", Convert.ToHexString(found.Transaction.Input.Span));
        Assert.Null(await client.Transaction(Keccak.Hash("nobody's"), default));
    }

    [NeedsAnvil]
    public async Task Reorganisations_of_any_depth_end_with_what_the_chain_holds()
    {
        await using var anvil = await RealAnvil.Start();
        var accounts = await anvil.Accounts();
        await using var node = await FaultyNode.Before(anvil.Answer);
        await using var followed = new FollowedChain(RealAnvil.ChainId, [node.Url]);
        followed.Intake.Addresses.Add(Watched);
        foreach (var depth in new[] { 1, 5, 40 })
        {
            for (var i = 0; i < depth + 2; i += 3)
            {
                await anvil.Sent(accounts[i % 3], Watched, value: "0x1");
                await anvil.Mine(2);
            }

            await followed.UntilAt(await anvil.Head());
            await Holds(anvil, followed);
            await anvil.Call("anvil_reorg", depth, new JsonArray());
            await followed.UntilAt(await anvil.Head());
            await Holds(anvil, followed);
        }

        // One in the five last blocks, thirteen in the forty.
        Assert.Equal(1 + 13, followed.Intake.Retracted);
    }

    [NeedsAnvil]
    public async Task A_transaction_that_moves_to_another_block_is_kept_once()
    {
        await using var anvil = await RealAnvil.Start();
        var accounts = await anvil.Accounts();
        await using var node = await FaultyNode.Before(anvil.Answer);
        await using var followed = new FollowedChain(RealAnvil.ChainId, [node.Url]);
        followed.Intake.Addresses.Add(Watched);
        await anvil.Mine();
        var snapshot = await anvil.Call("evm_snapshot");
        var hash = Hash(await anvil.Sent(accounts[0], Watched, value: "0x1"));
        var raw = await anvil.Call("eth_getRawTransactionByHash", hash.ToString());
        await followed.UntilAt(await anvil.Head());
        var before = followed.Intake.Standing[hash].Block;

        await anvil.Call("evm_revert", snapshot!.DeepClone());
        await anvil.Call("evm_increaseTime", 7);
        await anvil.Mine();
        await anvil.Call("eth_sendRawTransaction", raw!.DeepClone());
        await anvil.Mine();
        await followed.UntilAt(await anvil.Head());
        Assert.Equal(before.Number + 1, Assert.Single(followed.Intake.Standing).Value.Block.Number);
        Assert.Equal(1, followed.Intake.Retracted);
    }

    [NeedsAnvil]
    public async Task A_real_node_behind_an_endpoint_that_lags_or_lies_is_followed_by_the_other()
    {
        await using var anvil = await RealAnvil.Start();
        var accounts = await anvil.Accounts();
        await using var bad = await FaultyNode.Before(anvil.Answer);
        await using var good = await FaultyNode.Before(anvil.Answer);
        await using var followed = new FollowedChain(RealAnvil.ChainId, [bad.Url, good.Url]);
        followed.Intake.Addresses.Add(Watched);
        var token = Created(await anvil.Sent(accounts[0], null, Token));
        foreach (var fault in Enum.GetValues<NodeFault>())
        {
            bad.Does(fault);
            await anvil.Send(accounts[0], Watched, value: "0x1");
            await anvil.Sent(accounts[1], token, Argument(Watched) + new string('0', 64));
            await anvil.Mine();
            await followed.UntilAt(await anvil.Head());
        }

        await Holds(anvil, followed);
    }

    /// <summary>The node's own receipts say what touches.</summary>
    private static async Task Holds(RealAnvil anvil, FollowedChain followed)
    {
        var truth = new HashSet<(string, string)>();
        var head = Convert.ToInt64((await anvil.Call("eth_blockNumber"))!.GetValue<string>(), 16);
        for (var number = 0L; number <= head; number++)
        {
            foreach (var receipt in ((JsonArray)(await anvil.Call("eth_getBlockReceipts", $"0x{number:x}"))!).Where(receipt => receipt!.ToJsonString().Contains(Watched.ToString()[2..], StringComparison.OrdinalIgnoreCase)))
            {
                truth.Add((receipt!["transactionHash"]!.GetValue<string>(), receipt["blockHash"]!.GetValue<string>()));
            }
        }

        Assert.Equal(truth, followed.Intake.Standing.Values.Select(each => (each.Transaction.Hash.ToString(), each.Block.Hash.ToString())).ToHashSet());
        Assert.Equal(Enumerable.Range(0, (int)head + 1).Select(number => (long)number), followed.Intake.Read.Distinct().Order());
    }

    private static Address Created(JsonNode receipt) => Address.Parse(receipt["contractAddress"]!.GetValue<string>().ToLowerInvariant());

    private static Word Hash(JsonNode receipt) => Word.Parse(receipt["transactionHash"]!.GetValue<string>());

    private static string Argument(Address address) => Word.Of(address).ToString();

    /// <summary>Code that leaves that code behind: CODECOPY of what follows it, RETURN.</summary>
    private static string Deploying(string code) => $"0x60{code.Length / 2:x2}80600b6000396000f3{code}";
}
