using System.Text.Json.Nodes;
using ChatOps.Tests.Fakes.Ethereum;

namespace ChatOps.Tests.Adapters.Ethereum;

/// <summary>A chain that takes back what it had called final.</summary>
public sealed class ReplacedChainTests
{
    [NeedsAnvil]
    public async Task All_that_a_young_bot_remembers_replaced_is_told_where_some_of_it_was_final()
    {
        await using var anvil = await RealAnvil.Start();
        await using var node = await FaultyNode.Before(anvil.Answer);
        await anvil.Mine(90);
        await using var followed = new FollowedChain(RealAnvil.ChainId, [node.Url], startBlock: 5);
        await followed.UntilAt(await anvil.Head());
        await anvil.Call("anvil_reorg", 88, new JsonArray());
        await followed.UntilAt(await anvil.Head());
        Assert.StartsWith("All of the last 86 blocks up to 90 were replaced.", followed.Alarm.On["replaced"]);
    }
}
