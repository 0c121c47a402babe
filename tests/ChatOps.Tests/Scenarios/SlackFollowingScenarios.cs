using ChatOps.Tests.Fakes;

namespace ChatOps.Tests.Scenarios;

/// <summary>What in Slack follows what is true here: cards, and who is on call.</summary>
public sealed class SlackFollowingScenarios
{
    [Fact]
    public async Task A_thousand_changes_of_ten_alerts_are_a_handful_of_updates()
    {
        await using var at = await SlackWorld.Begin(null, "--Sources:Alertmanager:Secret=of-some-length");
        at.World.Http.DefaultRequestHeaders.Authorization = new("Bearer", "of-some-length");
        async Task Fire(int alert, string summary)
        {
            using var answer = await at.World.Hook(AlertmanagerHook.Firing($"Alert{alert}", null, new() { ["summary"] = summary }));
            Assert.True(answer.IsSuccessStatusCode);
        }

        int Cards(string text) => at.InChannel().Count(card => card.Contains(text, StringComparison.Ordinal));
        for (var i = 0; i < 10; i++)
        {
            await Fire(i, "begins");
        }

        await at.Until(() => Cards("begins") == 10, "not all are there");
        for (var change = 0; change < 100; change++)
        {
            for (var i = 0; i < 10; i++)
            {
                await Fire(i, $"change {change}.");
            }
        }

        await at.Until(() => Cards("change 99.") == 10, "the last state is not shown");
        Assert.InRange(at.Slack.Asked("chat.update"), 10, 50);
    }

    [Fact]
    public async Task The_topic_says_who_is_on_call_and_keeps_what_people_wrote_there()
    {
        await using var at = await SlackWorld.Begin(slack => slack.Channels["on-call"].Topic = "Be kind & brief");
        var channel = at.Slack.Channels["on-call"];
        await at.Until(() => channel.Topic == "On call: nobody | Be kind & brief", "the topic does not come");
        await at.Says("igor", "/oncall join");
        await at.Until(() => channel.Topic == "On call: @igor until Mon 30 Nov 09:00 UTC | Be kind & brief", "the topic does not follow");
        for (var i = 0; i < 5; i++)
        {
            at.World.Clock.Advance(TimeSpan.FromMinutes(1));
            await at.World.Settle();
        }

        Assert.Equal(2, channel.TopicChanges);
    }

    [Fact]
    public async Task The_group_is_who_is_on_call_and_never_empty()
    {
        await using var at = await SlackWorld.Begin(slack => slack.Groups.Add("oncall", "ana"), "--Slack:OnCallGroup=@oncall");
        var group = at.Slack.Groups["oncall"];
        await at.Says("igor", "/oncall join");
        await at.Until(() => group.Updates == 1, "the group does not follow");
        Assert.Equal([at.Slack.Users["igor"].Id], group.Users);

        await at.Says("igor", "/oncall leave");
        at.World.Clock.Advance(TimeSpan.FromDays(8));
        await at.Until(() => at.InChannel().Any(text => text.StartsWith("Nobody with a Slack account is on call.", StringComparison.Ordinal)), "nobody says that the group is stale");
        Assert.Equal([at.Slack.Users["igor"].Id], group.Users);

        await at.Says("ana", "/oncall join");
        await at.Until(() => group.Updates == 2, "the group does not follow again");
        Assert.Equal([at.Slack.Users["ana"].Id], group.Users);
    }

    [Theory]
    [InlineData("paid", "user groups need a paid Slack plan")]
    [InlineData("admins", "lets only admins change user groups")]
    [InlineData("missing", "There is no user group @oncall")]
    public async Task A_group_that_cannot_be_changed_is_told_of_once(string trouble, string told)
    {
        await using var at = await SlackWorld.Begin(
            slack =>
            {
                slack.Workspace.Paid = trouble != "paid";
                slack.Workspace.GroupsByAdminsOnly = trouble == "admins";
                if (trouble != "missing")
                {
                    slack.Groups.Add("oncall", "ana");
                }
            },
            "--Slack:OnCallGroup=oncall");
        await at.Says("igor", "/oncall join");
        await at.Until(() => at.InChannel().Any(text => text.Contains(told, StringComparison.Ordinal)), "nobody is told");
        for (var i = 0; i < 5; i++)
        {
            at.World.Clock.Advance(TimeSpan.FromMinutes(1));
            await at.World.Settle();
        }

        Assert.Single(at.InChannel(), text => text.Contains(told, StringComparison.Ordinal));
    }
}
