using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Benchmarks.Chains;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Ethereum;
using ChatOps.Ethereum.Rpc;
using ChatOps.Tests.Fakes.Ethereum;

namespace ChatOps.Tests.Adapters.Ethereum;

/// <summary>Endpoints that lie on purpose, and fit what they say together.</summary>
public sealed class LyingEndpointTests : IAsyncLifetime
{
    private const string Huge = "0x3fffffffffffffff";

    private readonly MadeChain _chain = new() { FinalDepth = 40 };
    private readonly MadeTraffic _traffic = new(7);
    private DateTimeOffset _time = TimeProvider.System.GetUtcNow().AddMinutes(-13);
    private Action<string, JsonNode, JsonObject> _lie = (_, _, _) => { };
    private MadeChain? _other;
    private FaultyNode _liar = null!;
    private FaultyNode _good = null!;

    public async Task InitializeAsync()
    {
        _liar = await FaultyNode.Before(body => Task.FromResult(Rewritten(body)));
        _good = await FaultyNode.Before(body => Task.FromResult(_chain.Answer(body)));
        Mine(60);
    }

    public async Task DisposeAsync()
    {
        await _liar.DisposeAsync();
        await _good.DisposeAsync();
    }

    [Theory]
    [InlineData("no transactions")]
    [InlineData("receipts without logs")]
    [InlineData("times to come")]
    public async Task What_contradicts_itself_is_read_from_another(string lie)
    {
        _lie = lie switch
        {
            "no transactions" => (_, _, answer) => Block(answer, block => block["transactions"] = new JsonArray()),
            "times to come" => (_, _, answer) => Block(answer, block => block["timestamp"] = "0x1256d6700"),
            _ => (method, _, answer) =>
            {
                if (method == "eth_getTransactionReceipt" && answer["result"] is JsonObject receipt && receipt["logs"]!.AsArray().Count > 0)
                {
                    (receipt["status"], receipt["logs"]) = ("0x0", new JsonArray());
                }
            }
            ,
        };
        await using var followed = Follow(_liar.Url, _good.Url);
        await followed.UntilAt(_chain.Blocks[^1].Hash);
        Mine(5);
        await followed.UntilAt(_chain.Blocks[^1].Hash);
        Holds(followed);
    }

    [Theory]
    [InlineData("left out")]
    [InlineData("no logs")]
    [InlineData("failed")]
    public async Task What_fits_together_and_is_another_s_other_word_is_an_alert_and_what_was_left_out_is_brought_in(string lie)
    {
        await using var followed = Follow(_liar.Url, _good.Url);
        await followed.UntilAt(_chain.Blocks[^1].Hash);
        _lie = lie switch
        {
            "left out" => (_, _, answer) => Block(answer, block => block["transactions"]!.AsArray().Where(IsOurs).ToList().ForEach(each => block["transactions"]!.AsArray().Remove(each))),
            "no logs" => (method, _, answer) =>
            {
                Block(answer, block => block["logsBloom"] = "0x" + new string('0', 512));
                if (method == "eth_getLogs")
                {
                    answer["result"] = new JsonArray();
                }
            }
            ,
            _ => (method, _, answer) =>
            {
                if (method == "eth_getTransactionReceipt" && answer["result"] is JsonObject receipt && receipt["logs"]!.AsArray().Count == 0)
                {
                    receipt["status"] = receipt["status"]!.GetValue<string>() == "0x1" ? "0x0" : "0x1";
                }
            }
            ,
        };
        _chain.Mine(_time = _time.AddSeconds(12), _traffic.From(), _traffic.Token());
        await followed.UntilAt(_chain.Blocks[^1].Hash);
        await followed.Until(() => Task.FromResult(followed.Alarm.On.ContainsKey("disagrees")), "Nobody was told.");
        Assert.Contains("compare with an explorer", followed.Alarm.On["disagrees"]);
        Holds(followed);
    }

    [Fact]
    public async Task Of_two_the_one_that_is_further_on_a_fork_of_its_own_takes_nothing_back()
    {
        var other = new MadeChain { FinalDepth = 40 };
        await using var followed = Follow(_good.Url, _liar.Url);
        await followed.UntilAt(_chain.Blocks[^1].Hash);
        foreach (var block in _chain.Blocks.Take(40))
        {
            other.Mine(block.At, block.Transactions);
        }

        for (var i = 0; i < 25; i++)
        {
            other.Mine(_chain.Blocks[39].At.AddSeconds(12 * (i + 1)));
        }

        _other = other;
        for (var i = 0; i < 30; i++)
        {
            await followed.Turn();
        }

        Assert.Equal(0, followed.Intake.Retracted);
        Mine(3);
        await followed.UntilAt(_chain.Blocks[^1].Hash);
        Holds(followed);

        // The chain itself is reorganised while the other is away.
        _liar.Does(NodeFault.Broken);
        _chain.Drop(4);
        Mine(6);
        await followed.UntilAt(_chain.Blocks[^1].Hash);
        Holds(followed);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(600, false)]
    public async Task Of_two_the_one_that_stands_still_on_a_block_that_was_replaced_does_not_hold_the_other_back(int minutesAgo, bool hasLeft)
    {
        var (stuck, now) = (new MadeChain(), TimeProvider.System.GetUtcNow());
        var chain = new MadeChain();
        await using var first = await FaultyNode.Before(body => Task.FromResult(stuck.Answer(body)));
        await using var second = await FaultyNode.Before(body => Task.FromResult(chain.Answer(body)));
        await using var followed = Follow(first.Url, second.Url);
        stuck.Mine(now.AddHours(-20));
        chain.Mine(now.AddHours(-20));
        var replaced = stuck.Mine(now.AddHours(-19), _traffic.From());
        chain.Mine(now.AddHours(-18));
        chain.Mine(now.AddMinutes(-minutesAgo));
        Assert.Equal(hasLeft, await followed.Chain.Survey.HasLeft(new(1, replaced.Hash, stuck.Blocks[0].Hash, NodaTime.Instant.FromDateTimeOffset(replaced.At)), default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_head_that_no_chain_has_is_not_followed_nor_remembered_as_final(bool isFirst)
    {
        var lies = true;
        _lie = (method, parameters, answer) =>
        {
            if (lies && method == "eth_getBlockByNumber" && parameters[0]!.GetValue<string>() is "latest" or "safe" or "finalized")
            {
                Block(answer, block => block["number"] = Huge);
            }
        };
        await using var followed = isFirst ? Follow(_liar.Url, _good.Url) : Follow(_good.Url, _liar.Url);
        await followed.UntilAt(_chain.Blocks[^1].Hash);
        Mine(3);
        await followed.UntilAt(_chain.Blocks[^1].Hash);
        Assert.InRange((await followed.Cursor)!.Settled, long.MinValue, 62);
        lies = false;
        followed.Start();
        _chain.Drop(2);
        Mine(4);
        await followed.UntilAt(_chain.Blocks[^1].Hash);
        Holds(followed);
        Assert.DoesNotContain("replaced", followed.Alarm.On.Keys);
    }

    [Fact]
    public async Task Blocks_of_1990_are_told_as_new_once_all_that_there_was_is_read()
    {
        _lie = (_, _, answer) => Block(answer, block => block["timestamp"] = "0x25980600");
        await using var followed = Follow(_liar.Url);
        await followed.UntilAt(_chain.Blocks[^1].Hash);
        var (old, at) = (followed.Intake.Standing.Count, _chain.Blocks.Count);
        Assert.All(followed.Intake.Standing.Values, each => Assert.True(each.CaughtUp));
        _chain.Mine(_time = _time.AddSeconds(12), _traffic.From());
        await followed.UntilAt(_chain.Blocks[^1].Hash);
        Assert.Equal(old + 1, followed.Intake.Standing.Count);
        Assert.False(followed.Intake.Standing.Values.Single(each => each.Block.Number == at).CaughtUp);
    }

    [Fact]
    public async Task After_too_much_was_asked_for_once_more_is_asked_for_again()
    {
        var (refuses, sent) = (true, 0);
        await using var node = await FaultyNode.Before(body =>
        {
            sent++;
            return Task.FromResult(refuses && body[0] == '['
                ? Encoding.UTF8.GetBytes($"[{string.Join(',', JsonNode.Parse(body)!.AsArray().Select(request => "{\"id\":" + request!["id"] + ",\"error\":{\"code\":-32000,\"message\":\"more than I like\"}}"))}]")
                : _chain.Answer(body));
        });
        using var http = RpcEndpoint.NewClient();
        var endpoint = new RpcEndpoint("test", ChainEndpoint.Named([node.Url])[0], http, EthereumTimes.Usual, TimeProvider.System);
        List<long> numbers = [.. Enumerable.Range(0, 50).Select(i => (long)i)];
        await EthereumClient.Blocks(endpoint, numbers, default);
        refuses = false;
        for (var i = 0; i < 10; i++)
        {
            await EthereumClient.Blocks(endpoint, numbers, default);
        }

        var before = sent;
        await EthereumClient.Blocks(endpoint, numbers, default);
        Assert.InRange(sent - before, 1, 4);
    }

    private byte[] Rewritten(byte[] body)
    {
        var read = JsonNode.Parse(body)!;
        List<JsonNode> requests = read is JsonArray many ? [.. many.Select(one => one!)] : [read];
        var answer = JsonNode.Parse((_other ?? _chain).Answer(body))!;
        foreach (var one in answer is JsonArray answers ? answers.Select(one => one!) : [answer])
        {
            var request = requests.First(request => request["id"]!.GetValue<int>() == one["id"]!.GetValue<int>());
            _lie(request["method"]!.GetValue<string>(), request["params"]!, one.AsObject());
        }

        return Encoding.UTF8.GetBytes(answer.ToJsonString());
    }

    private static void Block(JsonObject answer, Action<JsonObject> change)
    {
        if (answer["result"] is JsonObject block && block["parentHash"] is not null)
        {
            change(block);
        }
    }

    private bool IsOurs(JsonNode? transaction) => transaction is JsonObject one && (one["from"]!.GetValue<string>() == Hex(_traffic.Watched) || one["to"]?.GetValue<string>() == Hex(_traffic.Watched));

    private static string Hex(Address address) => "0x" + Convert.ToHexStringLower(address.ToBytes());

    private FollowedChain Follow(params Uri[] urls)
    {
        var followed = new FollowedChain(1, urls);
        followed.Intake.Addresses.Add(_traffic.Watched);
        return followed;
    }

    private void Holds(FollowedChain followed) => Assert.Equal(
        _chain.Blocks.SelectMany(block => block.Transactions.Where(each => MadeTraffic.Touches(each, _traffic.Watched)).Select(each => (each.Hash, block.Hash))).ToHashSet(),
        followed.Intake.Standing.Values.Select(each => (each.Transaction.Hash, each.Block.Hash)).ToHashSet());

    private void Mine(int blocks)
    {
        for (var i = 0; i < blocks; i++)
        {
            _chain.Mine(_time = _time.AddSeconds(12), _traffic.Some(3));
        }
    }
}
