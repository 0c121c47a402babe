using System.Text.Json.Nodes;
using ChatOps.Tests.Fakes.Slack;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>Nobody answers: whoever is to look is called by name, and the channel sees it.</summary>
public sealed class SlackEscalationScenarios
{
    [Fact]
    public async Task Whoever_is_on_call_is_called_in_the_card_and_each_further_step_in_the_channel_too()
    {
        await using var world = await World.BeginWithSlack();
        var (igor, ana) = ($"<@{world.Slack.Users["igor"].Id}>", $"<@{world.Slack.Users["ana"].Id}>");
        await world.SaysInSlack("igor", "/oncall join");
        await world.HearsTopic("On call: @igor until Mon 30 Nov 09:00 UTC");
        await world.SaysInSlack("ana", "/oncall join");
        await world.HearsWhateverIsInSlack();

        await world.Sample("webhook_firing_single");
        var card = await world.HearsInSlack();
        Assert.StartsWith($"🔴 Firing: InstanceDown\nOn call: {igor}\nMailserver down\n", card.Text, StringComparison.Ordinal);
        Assert.Equal([world.Slack.Users["igor"].Id], Called(card));
        var opened = await world.HearsInSlack();
        Assert.StartsWith($"A-1: InstanceDown\nOpened. Told {igor}, on call for core (step 1 of 3).", opened.Text, StringComparison.Ordinal);
        Assert.StartsWith("Opened. Told @igor", opened.Visible, StringComparison.Ordinal);
        Assert.Equal((card.Ts, false), (opened.Thread, opened.Broadcast));

        await world.Pass(Duration.FromMinutes(5));
        var again = await world.HearsInSlack();
        Assert.Equal((card.Ts, true), (again.Thread, again.Broadcast));
        Assert.StartsWith("A-1: InstanceDown\nTold @igor, on call for core (step 2 of 3).", again.Visible, StringComparison.Ordinal);

        await world.Pass(Duration.FromMinutes(5));
        var everyone = await world.HearsInSlack();
        Assert.True(everyone.Broadcast);
        Assert.StartsWith($"A-1: InstanceDown\nTold {igor}, {ana}, everyone in core (step 3 of 3).", everyone.Text, StringComparison.Ordinal);
        Assert.Equal([world.Slack.Users["igor"].Id, world.Slack.Users["ana"].Id], Called(everyone));

        await world.Slack.Click("ana", card, "ack");
        await world.Sees("ana");
        Assert.False((await world.HearsInSlack()).Broadcast);
        await world.Pass(Duration.FromMinutes(30));
    }

    /// <summary>Whom the blocks of a message call.</summary>
    private static IEnumerable<string> Called(FakeSlackMessage message) => message.Blocks!
        .SelectMany(block => block!["elements"] is JsonArray sections && (string?)block["type"] == "rich_text" ? sections : [])
        .SelectMany(section => section!["elements"]!.AsArray())
        .Where(run => (string?)run!["type"] == "user")
        .Select(run => (string)run!["user_id"]!)
        .Distinct();
}
