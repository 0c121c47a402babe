using System.Text.Json.Nodes;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.Slack;

namespace ChatOps.Tests.Scenarios;

/// <summary>Two replicas on one database, in one workspace: whichever Slack speaks to, it is done once.</summary>
[Collection(SlackPaceScenarios.Alone)]
public sealed class SlackReplicaScenarios
{
    [NeedsProgram(RealPostgres.ProgramName)]
    public async Task Whatever_both_hear_is_done_once_and_either_answers()
    {
        string[] store = ["--Storage:Provider=Postgres", $"--Storage:ConnectionString={await (await RealPostgres.Shared).Database()}"];
        await using var one = await BotOnSlack.Start(Transport.Http, [.. store, "--Replica:Name=one"]);
        await using var two = await one.Another([.. store, "--Replica:Name=two"]);
        var (slack, channel) = (one.Slack, one.Slack.Channels["on-call"]);
        await World.Until(() => Task.FromResult(channel.Topic == "On call: nobody"), "there is no topic");

        var said = slack.Writes("igor", "on-call", $"<@{Workspace.BotUser}> oncall page the mail is down");
        JsonObject Said() => new() { ["type"] = "app_mention", ["user"] = said.User, ["channel"] = said.Channel, ["text"] = said.Text, ["ts"] = said.Ts };
        var heard = new List<Task<SlackReply>>();
        for (var i = 0; i < 4; i++)
        {
            slack.Bot = (i % 2 == 0 ? one : two).Url;
            heard.Add(slack.Event(Said(), "Ev0SAME"));
        }

        Assert.All(await Task.WhenAll(heard), reply => Assert.Null(reply.Failure));
        var card = (await one.Shows(messages => messages.Any(message => IsCard(message, "Firing")))).Single(message => IsCard(message, "Firing"));

        slack.Bot = two.Url;
        await slack.Click("ana", card, "ack");
        await one.Shows(messages => messages.Any(message => slack.Messages.Now(message).Visible.Contains("Acknowledged: the mail is down", StringComparison.Ordinal)));
        slack.Bot = one.Url;
        await slack.Click("ana", slack.Messages.Now(card), "resolve");
        await one.Shows(messages => messages.Any(message => slack.Messages.Now(message).Visible.Contains("Resolved: the mail is down", StringComparison.Ordinal)));

        slack.Bot = two.Url;
        Assert.Null((await slack.Command("igor", "on-call", "/oncall", "join")).Failure);
        await World.Until(() => Task.FromResult(channel.Topic.StartsWith("On call: @igor", StringComparison.Ordinal)), "the topic does not follow");
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        Assert.Equal(2, channel.TopicChanges);
        Assert.Single(one.Posts(), message => message.User == Workspace.BotUser && message.Thread is null && message.Visible.Contains("the mail is down", StringComparison.Ordinal));
    }

    private static bool IsCard(FakeSlackMessage message, string state) => message.User == Workspace.BotUser && message.Visible.Contains($"{state}: the mail is down", StringComparison.Ordinal);
}
