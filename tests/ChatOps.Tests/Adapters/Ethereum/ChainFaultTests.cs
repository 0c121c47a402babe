using ChatOps.Benchmarks.Chains;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Tests.Fakes.Ethereum;

namespace ChatOps.Tests.Adapters.Ethereum;

/// <summary>Endpoints that lag, lie, hang and talk nonsense: nothing is missed for it, and nothing is taken in that is not so.</summary>
public sealed class ChainFaultTests : IAsyncLifetime
{
    private readonly MadeChain _chain = new() { FinalDepth = 20 };
    private readonly MadeTraffic _traffic = new(7);
    private DateTimeOffset _time = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);
    private FaultyNode _first = null!;
    private FaultyNode _second = null!;

    public async Task InitializeAsync()
    {
        (_first, _second) = (await FaultyNode.Before(Answer), await FaultyNode.Before(Answer));
        Mine(60);
    }

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    public static TheoryData<string> Faults => [.. Enum.GetNames<NodeFault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_one_endpoint_spoils_another_gives(string fault)
    {
        await using var followed = Follow(_first.Url, _second.Url);
        _first.Does(Enum.Parse<NodeFault>(fault));
        await Follows(followed);
        Mine(6);
        await Follows(followed);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_only_endpoint_is_waited_for_until_it_does_well(string fault)
    {
        await using var followed = Follow(_first.Url);
        await Follows(followed);
        _first.Does(Enum.Parse<NodeFault>(fault));
        Mine(6);
        for (var turn = 0; turn < 4; turn++)
        {
            await followed.Turn();
            Assert.Empty(followed.Intake.Standing.Keys.Except(Truth().Select(each => each.Hash)));
        }

        _first.DoesWell();
        await Follows(followed);
    }

    [Fact]
    public async Task A_fault_comes_and_goes_in_the_middle_of_everything()
    {
        await using var followed = Follow(_first.Url, _second.Url);
        foreach (var fault in Enum.GetValues<NodeFault>())
        {
            var (bad, good) = _traffic.Next(2) == 0 ? (_first, _second) : (_second, _first);
            good.DoesWell();
            bad.Does(fault, "eth_getLogs", "eth_getTransactionReceipt");
            Mine(1 + _traffic.Next(4));
            await followed.Turn();
            bad.Does(fault);
            Mine(1);
            await followed.Turn();
            bad.DoesWell();
        }

        await Follows(followed);
    }

    [Fact]
    public async Task An_endpoint_of_another_chain_is_refused_in_words_and_an_alert_until_it_is_right()
    {
        await using var followed = Follow(_first.Url, _second.Url);
        _first.Does(NodeFault.OtherChain);
        await followed.Until(() => Task.FromResult(followed.Alarm.On.Count > 0), "Nobody was told.");
        var (name, why) = Assert.Single(followed.Alarm.On);
        Assert.Equal($"silent {_first.Url.Authority}", name);
        Assert.Equal("is of chain 5 and not of 1; correct Chains:…:RpcUrls or ChainId", why);
        var look = await followed.Chain.State.Look(default);
        Assert.True(look.Works);
        Assert.Contains($"{_first.Url.Authority}: is of chain 5 and not of 1", look.State);
        Assert.Contains($"{_second.Url.Authority}: ok", look.State);

        _first.DoesWell();
        await followed.Until(() => Task.FromResult(followed.Alarm.On.Count == 0), "The alert did not end.");
    }

    [Fact]
    public async Task Endpoints_that_tell_different_chains_are_an_alert_until_they_agree()
    {
        var other = new MadeChain { FinalDepth = 20 };
        var time = new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 60; i++)
        {
            other.Mine(time = time.AddSeconds(12));
        }

        var isOther = true;
        await using var third = await FaultyNode.Before(body => Task.FromResult((isOther ? other : _chain).Answer(body)));
        await using var followed = Follow(_first.Url, _second.Url, third.Url);
        await followed.Until(() => Task.FromResult(followed.Alarm.On.ContainsKey("disagrees")), "Nobody was told.");
        Assert.Contains($"at {third.Url.Authority}", followed.Alarm.On["disagrees"]);
        await Follows(followed);
        isOther = false;
        await followed.Until(() => Task.FromResult(followed.Alarm.On.Count == 0), "The alert did not end.");
    }

    [Fact]
    public async Task After_a_long_time_every_block_is_read_in_batches_and_told_as_old()
    {
        await using var followed = Follow(_first.Url);
        Mine(300);
        await Follows(followed);
        Assert.Equal(Enumerable.Range(0, 360).Select(number => (long)number), followed.Intake.Read);
        Assert.All(followed.Intake.Standing.Values, transaction => Assert.True(transaction.CaughtUp));
    }

    [Fact]
    public async Task With_confirmations_what_is_replaced_above_them_was_never_told()
    {
        await using var followed = new FollowedChain(1, [_first.Url], confirmations: 6);
        followed.Intake.Addresses.Add(_traffic.Watched);
        await followed.UntilAt(_chain.Blocks[^7].Hash);
        _chain.Drop(5);
        Mine(8);
        await followed.UntilAt(_chain.Blocks[^7].Hash);
        Assert.Equal(0, followed.Intake.Retracted);
    }

    [Fact]
    public async Task A_chain_that_was_replaced_deeper_than_is_remembered_is_an_alert_and_read_again()
    {
        Mine(100);
        await using var followed = Follow(_first.Url);
        await Follows(followed);
        _chain.Drop(130);
        Mine(140);
        await Follows(followed);
        Assert.Contains("All of the last 100 blocks up to 159 were replaced", followed.Alarm.On["replaced"]);
        // What stood in older blocks nobody could know to have gone; all that the chain holds now from there on is known.
        var first = Assert.IsType<ChainCursor>(await followed.Cursor).Blocks[0].Number;
        Assert.Empty(Truth().Where(each => each.Number >= first && !followed.Intake.Standing.ContainsKey(each.Hash)));
    }

    private FollowedChain Follow(params Uri[] urls)
    {
        var followed = new FollowedChain(1, urls);
        followed.Intake.Addresses.Add(_traffic.Watched);
        return followed;
    }

    private async Task Follows(FollowedChain followed)
    {
        await followed.UntilAt(_chain.Blocks[^1].Hash);
        if (!followed.Alarm.On.ContainsKey("replaced"))
        {
            Assert.Equal(Truth().Select(each => (each.Hash, each.Block)).ToHashSet(), followed.Intake.Standing.Values.Select(each => (each.Transaction.Hash, each.Block.Hash)).ToHashSet());
        }
    }

    private IEnumerable<(Word Hash, Word Block, long Number)> Truth() =>
        _chain.Blocks.SelectMany(block => block.Transactions.Where(each => MadeTraffic.Touches(each, _traffic.Watched)).Select(each => (each.Hash, block.Hash, block.Number)));

    private void Mine(int blocks)
    {
        for (var i = 0; i < blocks; i++)
        {
            _chain.Mine(_time = _time.AddSeconds(12), _traffic.Some(3));
        }
    }

    private Task<byte[]> Answer(byte[] body) => Task.FromResult(_chain.Answer(body));
}
