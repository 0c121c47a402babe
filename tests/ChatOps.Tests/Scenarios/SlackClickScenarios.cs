using System.Text.Json.Nodes;
using ChatOps.Tests.Fakes.Slack;

namespace ChatOps.Tests.Scenarios;

/// <summary>Buttons on cards: what there is to say, only who pressed sees.</summary>
public sealed class SlackClickScenarios
{
    [Fact]
    public async Task Of_two_who_press_Acknowledge_one_has_it_and_the_other_is_told_who()
    {
        await using var world = await World.BeginWithSlack();
        var card = await SlackNight.Fire(world);
        Assert.Equal((200, ""), Of(await world.Slack.Click("ana", card, "ack")));
        Assert.Equal("You have A-1: InstanceDown.", (await world.Sees("ana")).Visible);
        Assert.Equal((200, ""), Of(await world.Slack.Click("igor", card, "ack")));
        Assert.Equal("@ana has A-1 since Mon 23 Nov 10:00 UTC.", (await world.Sees("igor")).Visible);
        await world.Slack.Click("ana", card, "ack");
        Assert.StartsWith("You have A-1 already", (await world.Sees("ana")).Visible, StringComparison.Ordinal);
        Assert.StartsWith("ana acknowledged it.", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Slack.Messages.Now(card).Buttons, button => button.ActionId == "ack");
    }

    [Fact]
    public async Task Many_at_once_are_each_answered_and_one_has_it()
    {
        await using var world = await World.BeginWithSlack();
        var card = await SlackNight.Fire(world);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => world.Slack.Click(i % 2 == 0 ? "ana" : "igor", card, "ack")));
        var told = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            told.Add((await world.Sees("ana")).Visible);
            told.Add((await world.Sees("igor")).Visible);
        }

        Assert.Single(told, text => text == "You have A-1: InstanceDown.");
        Assert.Contains("acknowledged it.", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_and_escalate_answer_too()
    {
        await using var world = await World.BeginWithSlack();
        var card = await SlackNight.Fire(world);
        await world.Slack.Click("ana", card, "history");
        Assert.Contains("Opened.", (await world.Sees("ana")).Visible, StringComparison.Ordinal);
        await world.Slack.Click("ana", card, "escalate");
        Assert.NotEmpty((await world.Sees("ana")).Visible);
        await world.HearsWhateverIsInSlack();
    }

    [Fact]
    public async Task A_card_that_is_over_refuses_in_words()
    {
        await using var world = await World.BeginWithSlack();
        var card = await SlackNight.Fire(world);
        await world.SaysInSlack("igor", "/alert resolve A-1");
        await world.HearsWhateverIsInSlack();
        await world.Slack.Click("ana", card, "ack");
        Assert.Contains("A-1", (await world.Sees("ana")).Visible, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Slack.Messages.Now(card).Buttons, button => button.ActionId == "ack");
    }

    [Fact]
    public async Task A_button_that_does_nothing_any_more_says_so()
    {
        await using var world = await World.BeginWithSlack();
        var blocks = new JsonArray(FakeSlackBot.Actions(FakeSlackBot.Button("Old", "gone-long-ago", "A-1")));
        await world.Slack.Click("ana", world.Slack.Writes("igor", "on-call", "an old card", blocks: blocks), "gone-long-ago");
        Assert.Equal("This button does nothing any more.", (await world.Sees("ana")).Visible);
    }

    [Fact]
    public async Task Declare_incident_opens_a_window_and_what_is_sent_in_it_is_declared()
    {
        await using var world = await World.BeginWithSlack();
        var card = await SlackNight.Fire(world);
        await world.Slack.Click("ana", card, "declare");
        var view = await world.LooksAt("ana");
        Assert.Null((await world.Slack.Submit(view.Id, new Dictionary<string, string> { ["title"] = "Mail is down", ["severity"] = "critical" })).Failure);
        Assert.False(view.IsOpen);
        Assert.StartsWith("I-1 is declared: Mail is down.", (await world.Sees("ana")).Visible, StringComparison.Ordinal);
        await world.HearsWhateverIsInSlack();
        await world.Slack.Click("igor", card, "declare");
        Assert.StartsWith("A-1 belongs to I-1 already", (await world.Sees("igor")).Visible, StringComparison.Ordinal);
    }

    private static (int?, string) Of(SlackReply reply) => (reply.Status, reply.Answer.Body);
}
