using ChatOps.Chat.Slack;
using ChatOps.Chat.Slack.Api;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace ChatOps.Tests.Adapters;

/// <summary>Answers that Slack would not give, or should not.</summary>
public sealed class SlackClientTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("40", 40)]
    [InlineData("2000000", 300)]
    public async Task Whatever_an_answer_asks_for_the_bot_rests_five_minutes_at_most(string asked, int seconds)
    {
        await using var server = await OddServer.Open("{}", retryAfter: asked);
        using var http = SlackTransport.NewClient();
        var pace = new SlackPace(new FakeTimeProvider());
        var transport = new SlackTransport(http, SettingsOf(server), pace);
        var fault = await Assert.ThrowsAsync<SlackException>(() => transport.Call("chat.postMessage", "C1", CancellationToken.None));
        Assert.Equal(Duration.FromSeconds(seconds), fault.RetryAfter);
        Assert.InRange(pace.UntilPost("C1")!.Value, Duration.Zero, Duration.FromMinutes(5));
    }

    [Fact]
    public async Task Lists_with_holes_are_read_without_them()
    {
        await using var server = await OddServer.Open(
            """{"ok":true,"messages":[null,{"text":"no ts"},{"ts":"1.2"}],"channels":[null,{"name":"no id"},{"id":"C1"}],"usergroups":[null,{"id":"S1","handle":"ops"}],"users":[null,"U1"]}""");
        using var http = SlackTransport.NewClient();
        var slack = new SlackClient(new SlackTransport(http, SettingsOf(server), new SlackPace(new FakeTimeProvider())));
        Assert.Equal("1.2", Assert.Single((await slack.History("C1", null, null, null, CancellationToken.None)).Messages).Ts);
        Assert.Equal("C1", Assert.Single((await slack.Channels(null, CancellationToken.None)).Channels).Id);
        Assert.Equal("S1", Assert.Single(await slack.Groups(CancellationToken.None)).Id);
        Assert.Equal("U1", Assert.Single(await slack.GroupMembers("S1", CancellationToken.None)));
    }

    private static SlackSettings SettingsOf(OddServer server) => new("xoxb-1", [], null, server.Url);
}
