using System.Globalization;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Tests.Fakes.Ethereum;

namespace ChatOps.Tests.Scenarios;

/// <summary>Endpoints that lag, lie, hang and talk nonsense, and what people hear meanwhile: each transaction once.</summary>
public sealed class AnvilFaultScenarios
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    // More than five within ten minutes would share a card.
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(3);

    [NeedsAnvil]
    public async Task What_the_first_endpoint_spoils_is_told_once_by_the_other()
    {
        await using var chain = await AnvilWorld.Begin();
        await using var bad = await FaultyNode.Before(chain.Anvil.Answer);
        await using var good = await FaultyNode.Before(chain.Anvil.Answer);
        var snt = await chain.DeploySnt();
        await chain.Start([bad.Url, good.Url]);
        List<Word> minted = [];
        foreach (var fault in Enum.GetValues<NodeFault>())
        {
            bad.Does(fault);
            minted.Add(await chain.SendsMint(snt));
            await chain.Sends(chain.Carol, snt, Abi.Encode("transfer(address,uint256)", chain.Bob, 1));
            await Mine(chain);
            await chain.Reads(Long);
            bad.DoesWell();
            chain.World.Clock.Advance(Between);
        }

        await Told(chain, minted);
    }

    [NeedsAnvil]
    public async Task What_the_only_endpoint_spoils_is_told_once_when_it_does_well_again()
    {
        await using var chain = await AnvilWorld.Begin();
        await using var only = await FaultyNode.Before(chain.Anvil.Answer);
        var snt = await chain.DeploySnt();
        await chain.Start([only.Url]);
        List<Word> minted = [];
        foreach (var fault in Enum.GetValues<NodeFault>())
        {
            only.Does(fault);
            minted.Add(await chain.SendsMint(snt));
            await Mine(chain);
            for (var i = 0; i < 20; i++)
            {
                chain.World.Clock.Advance(TimeSpan.FromMilliseconds(200));
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            }

            only.DoesWell();
            await chain.Reads(Long);
            chain.World.Clock.Advance(Between);
        }

        await Told(chain, minted);
    }

    /// <summary>At rest, so that it looks as if the newest block had been replaced by another, and each before it as well.</summary>
    [NeedsAnvil]
    public async Task Other_hashes_of_the_only_endpoint_take_nothing_back()
    {
        await using var chain = await AnvilWorld.Begin();
        await using var only = await FaultyNode.Before(chain.Anvil.Answer);
        var snt = await chain.DeploySnt();
        await chain.Start([only.Url]);
        var minted = await chain.SendsMint(snt);
        await Mine(chain);
        await chain.Reads(Long);
        only.Does(NodeFault.OtherHashes);
        for (var i = 0; i < 200; i++)
        {
            chain.World.Clock.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        only.DoesWell();
        await chain.Reads(Long);

        await Told(chain, [minted]);
    }

    /// <summary>A block of this moment: waiting lets the clock run, and what is old is told otherwise.</summary>
    private static async Task Mine(AnvilWorld chain)
    {
        await chain.Anvil.Call("evm_setNextBlockTimestamp", chain.World.Clock.GetUtcNow().ToUnixTimeSeconds());
        await chain.Anvil.Mine();
    }

    private static async Task Told(AnvilWorld chain, List<Word> minted)
    {
        // What was told of the endpoints themselves is another scenario's.
        var cards = (await chain.Cards()).OrderBy(card => int.Parse(card.Subject[2..], CultureInfo.InvariantCulture)).ToList();
        await chain.World.HearsAll();
        Assert.Equal(minted.Count, cards.Count);
        Assert.All(minted.Zip(cards), each => Assert.Contains(each.First.ToString(), each.Second.Text));
        Assert.All(cards, card => Assert.Equal("abnormal", card.State));
    }
}
