using System.Text.Json.Nodes;
using ChatOps.Tests.Fakes.Slack;

namespace ChatOps.Tests.Scenarios;

/// <summary>Words to the bot in a channel and in private, and what stands in Slack's own menus.</summary>
public sealed class SlackTalkScenarios
{
    [Fact]
    public async Task Who_mentions_the_bot_is_answered_where_they_asked_and_only_they_see_it()
    {
        await using var world = await World.BeginWithSlack();
        await world.Slack.Mention("igor", "on-call", "oncall who");
        var answer = await world.Sees("igor");
        Assert.StartsWith("Nobody is on call for core.", answer.Visible, StringComparison.Ordinal);
        Assert.Null(answer.Thread);
        var question = world.Slack.Writes("ana", "on-call", "what now?");
        await world.Slack.Mention("ana", "on-call", "/oncall who", question.Ts);
        Assert.Equal(question.Ts, (await world.Sees("ana")).Thread);
    }

    [Fact]
    public async Task In_private_the_bot_simply_answers()
    {
        await using var world = await World.BeginWithSlack();
        await SlackNight.Fire(world);
        await world.Slack.DirectMessage("igor", "alert ack A-1");
        Assert.Equal("You have A-1: InstanceDown.", (await world.IsToldDirectly("igor")).Visible);
        Assert.StartsWith("igor acknowledged it.", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
        await world.Slack.DirectMessage("igor", "incident start");
        Assert.Contains("/incident start", (await world.IsToldDirectly("igor")).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_twice_within_a_second_is_answered_twice()
    {
        await using var world = await World.BeginWithSlack();
        await Task.WhenAll(world.Slack.DirectMessage("igor", "oncall who"), world.Slack.DirectMessage("igor", "alert list"), world.Slack.DirectMessage("igor", "incident list"));
        for (var i = 0; i < 3; i++)
        {
            await world.IsToldDirectly("igor");
        }
    }

    [Fact]
    public async Task What_is_not_said_to_the_bot_is_none_of_its_business()
    {
        await using var world = await World.BeginWithSlack();
        await world.Slack.Message("igor", "on-call", "oncall who");
        var direct = world.Slack.Channels.Direct(world.Slack.Users["igor"].Id).Id;
        JsonObject Said(params (string Name, JsonNode Value)[] more)
        {
            var said = new JsonObject { ["type"] = "message", ["channel_type"] = "im", ["channel"] = direct, ["user"] = world.Slack.Users["igor"].Id, ["text"] = "oncall who", ["ts"] = "1.1" };
            foreach (var (name, value) in more)
            {
                said[name] = value;
            }

            return said;
        }

        await world.Slack.Event(Said(("bot_id", Workspace.BotId), ("user", Workspace.BotUser)));
        await world.Slack.Event(Said(("subtype", "message_changed")));
        await world.Slack.Event(Said(("edited", new JsonObject { ["user"] = "U1", ["ts"] = "1.2" })));
        await world.Slack.Event(Said(("type", "app_mention"), ("edited", new JsonObject { ["user"] = "U1", ["ts"] = "1.2" })));
        await world.IsHandled();
    }

    [Fact]
    public async Task Words_before_the_mention_and_Slacks_marks_do_not_confuse_it()
    {
        await using var world = await World.BeginWithSlack();
        await SlackNight.Fire(world);
        var text = $"hey <@{Workspace.BotUser}>: alert note A-1 {world.Slack.Users["ana"].Mention} sees &lt;5 &amp; <https://example.org/a|example.org/a> in <#C00000001|on-call>";
        await world.SaysInSlack("ana", "/oncall who");
        await world.Slack.Event(new JsonObject { ["type"] = "app_mention", ["user"] = world.Slack.Users["igor"].Id, ["channel"] = world.Slack.Channels["on-call"].Id, ["text"] = text, ["ts"] = "1.1" });
        await world.Sees("igor");
        Assert.StartsWith("igor notes: @ana sees <5 & https://example.org/a in #on-call", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_is_declared_from_a_message()
    {
        await using var world = await World.BeginWithSlack();
        var message = world.Slack.Writes("ana", "on-call", "the queue is\nfull &amp; growing");
        Assert.Null((await world.Slack.MessageShortcut("igor", message, "declare_incident")).Failure);
        var view = await world.LooksAt("igor");
        Assert.Null((await world.Slack.Submit(view.Id, new Dictionary<string, string>())).Failure);
        Assert.StartsWith("I-1 is declared: the queue is full & growing.", (await world.Sees("igor")).Visible, StringComparison.Ordinal);
        await world.HearsWhateverIsInSlack();

        await world.Slack.MessageShortcut("igor", message, "add_to_timeline");
        view = await world.LooksAt("igor");
        Assert.Null((await world.Slack.Submit(view.Id, new Dictionary<string, string>())).Failure);
        Assert.Equal("Noted in the timeline of I-1.", (await world.Sees("igor")).Visible);
        Assert.Contains("the queue is", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_open_incident_a_timeline_refuses_in_words()
    {
        await using var world = await World.BeginWithSlack();
        await world.Slack.MessageShortcut("igor", world.Slack.Writes("ana", "on-call", "hm"), "add_to_timeline");
        Assert.StartsWith("No incident is open", (await world.Sees("igor")).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_on_call_is_paged_from_anywhere()
    {
        await using var world = await World.BeginWithSlack();
        await world.Slack.Shortcut("igor", "page_oncall");
        var view = await world.LooksAt("igor");
        await world.Slack.Submit(view.Id, new Dictionary<string, string> { ["what"] = "nobody can log in" });
        Assert.StartsWith("A-1 is raised in #on-call", (await world.IsToldDirectly("igor")).Visible, StringComparison.Ordinal);
        Assert.Contains("nobody can log in", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
        await world.HearsWhateverIsInSlack();
    }
}
