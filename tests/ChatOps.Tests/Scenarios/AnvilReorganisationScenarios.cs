using System.Text.Json.Nodes;
using ChatOps.Core.Contracts;
using ChatOps.Tests.Fakes.Ethereum;

namespace ChatOps.Tests.Scenarios;

/// <summary>A real chain that changes its mind after people were told.</summary>
public sealed class AnvilReorganisationScenarios
{
    [NeedsAnvil]
    public async Task What_left_the_chain_is_retracted_in_its_thread_however_deep_it_stood()
    {
        await using var chain = await AnvilWorld.Begin();
        var snt = await chain.DeploySnt();
        await chain.Start();
        foreach (var depth in new[] { 1, 5, 40 })
        {
            var (hash, card) = await Told(chain, snt);
            await chain.Anvil.Mine(depth);
            await chain.Reads();
            await chain.Anvil.Call("anvil_reorg", depth + 1, new JsonArray());
            await chain.Reads();
            await IsRetracted(chain, hash, card);
        }
    }

    [NeedsAnvil]
    public async Task It_is_retracted_too_when_the_chain_goes_on_over_it_or_was_shorter_or_changes_while_nobody_looks()
    {
        await using var chain = await AnvilWorld.Begin();
        var snt = await chain.DeploySnt();
        await chain.Start();

        // Two of the five blocks have been read.
        var (hash, card) = await Told(chain, snt);
        await chain.Anvil.Mine();
        await chain.Reads();
        await chain.Anvil.Mine(3);
        await chain.Anvil.Call("anvil_reorg", 5, new JsonArray());
        await chain.Reads();
        await IsRetracted(chain, hash, card);

        // A chain that is only shorter may be that of an endpoint which lags.
        (hash, card) = await Told(chain, snt);
        await chain.Anvil.Mine(2);
        await chain.Reads();
        await chain.Anvil.Call("anvil_rollback", 3);
        Assert.Equal("abnormal", (await chain.World.Card(card.Subject)).State);
        await chain.Anvil.Mine(5);
        await chain.Reads();
        await IsRetracted(chain, hash, card);

        (hash, card) = await Told(chain, snt);
        await chain.World.Stop();
        await chain.Anvil.Mine(2);
        await chain.Anvil.Call("anvil_reorg", 3, new JsonArray());
        await chain.Anvil.Mine(3);
        await chain.World.StartAgain();
        await chain.Reads();
        await IsRetracted(chain, hash, card);
    }

    [NeedsAnvil]
    public async Task What_only_moves_is_told_once_and_what_comes_again_after_it_was_retracted_once_more()
    {
        await using var chain = await AnvilWorld.Begin();
        var snt = await chain.DeploySnt();
        await chain.Start();
        var (hash, card) = await Told(chain, snt);
        var raw = (await chain.Anvil.Call("eth_getRawTransactionByHash", hash.ToString()))!;
        await chain.Anvil.Mine(3);
        await chain.Reads();
        var before = (await chain.World.Card(card.Subject)).Text;
        await chain.Anvil.Call("anvil_reorg", 4, new JsonArray(new JsonArray(raw.DeepClone(), 2)));
        await chain.Reads();
        await chain.World.HearsNothing();
        var moved = await chain.World.Card(card.Subject);
        Assert.Equal("abnormal", moved.State);
        Assert.NotEqual(before.Split("block ")[^1], moved.Text.Split("block ")[^1]);

        await chain.Anvil.Call("anvil_reorg", 4, new JsonArray());
        await chain.Reads();
        await IsRetracted(chain, hash, card);
        await chain.Anvil.Call("eth_sendRawTransaction", raw.DeepClone());
        await chain.Anvil.Mine();
        await chain.Reads();
        Assert.StartsWith("Mined again, in block ", await chain.World.Hears());
        Assert.StartsWith("Opened.", await chain.World.Hears());
        Assert.Equal("abnormal", (await chain.World.Card(card.Subject)).State);
        Assert.Single(await chain.Cards());
    }

    /// <summary>A mint that failed, and the card that people got of it.</summary>
    private static async Task<(Word Hash, World.Message Card)> Told(AnvilWorld chain, Address snt)
    {
        await chain.World.HearsAll();
        var before = (await chain.Cards()).Count;
        var hash = await chain.SendsMint(snt);
        await chain.Anvil.Mine();
        await chain.Reads();
        var cards = await chain.Cards();
        Assert.Equal(before + 1, cards.Count);
        Assert.Contains(hash.ToString(), cards[^1].Text);
        Assert.Equal("abnormal", cards[^1].State);
        await chain.World.HearsAll();
        return (hash, cards[^1]);
    }

    private static async Task IsRetracted(AnvilWorld chain, Word hash, World.Message card)
    {
        Assert.StartsWith($"Retracted: the chain was reorganised, and {hash} is in it no more.", await chain.World.Hears());
        Assert.StartsWith("It is back to normal: resolved.", await chain.World.Hears());
        Assert.Equal(2, (await chain.World.Messages()).Count(message => message.ThreadId == card.Id && (message.Text.StartsWith("Retracted", StringComparison.Ordinal) || message.Text.StartsWith("It is back", StringComparison.Ordinal))));
        var now = await chain.World.Card(card.Subject);
        Assert.Equal(("retracted", "History"), (now.State, string.Join(", ", now.Labels)));
        await chain.World.HearsNothing();
    }
}
