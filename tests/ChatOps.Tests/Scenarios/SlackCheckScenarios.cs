using ChatOps.Chat.Slack;
using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Setup;
using ChatOps.Tests.Fakes.Slack;
using Microsoft.Extensions.Time.Testing;

namespace ChatOps.Tests.Scenarios;

/// <summary>What <c>chatops check</c> says of a workspace.</summary>
public sealed class SlackCheckScenarios : IAsyncLifetime
{
    private readonly List<string> _said = [];
    private FakeSlack _slack = null!;

    public async Task InitializeAsync()
    {
        _slack = await FakeSlack.Open();
        _slack.Users.Add("igor", "Igor");
        _slack.Channels.Add("on-call", false, true, "igor");
        _slack.Channels.Add("mail", false, false, "igor");
        _slack.Groups.Add("oncall", "igor");
    }

    public async Task DisposeAsync() => await _slack.DisposeAsync();

    [Fact]
    public async Task All_is_well()
    {
        Assert.Equal(0, await Check(new SlackSettings(FakeSlack.BotToken, ["s"], FakeSlack.AppToken, _slack.ApiUrl) { OnCallGroup = "oncall" }));
        Assert.Contains("Slack: Socket Mode, the app-level token opens sockets.", _said);
        Assert.Contains("Slack: #on-call is there and the app is in it.", _said);
        Assert.Contains("Slack: #mail is there, and the app joins it when it has something to say.", _said);
        Assert.Contains("Slack: @oncall is there and may be changed.", _said);
        Assert.Empty(_slack.Invalid);
    }

    [Fact]
    public async Task Everything_that_is_missing_is_said_with_what_to_do()
    {
        _slack.Workspace.Scopes.Remove("reactions:read");
        _slack.Workspace.GroupsByAdminsOnly = true;
        Assert.Equal(3, await Check(new SlackSettings(FakeSlack.BotToken, ["s"], null, _slack.ApiUrl) { OnCallGroup = "oncall" }, "on-call", "secret"));
        Assert.Contains(_said, line => line.Contains("The scope reactions:read is missing (noting pinned messages", StringComparison.Ordinal) && line.Contains("Reinstall to Workspace", StringComparison.Ordinal));
        Assert.Contains(_said, line => line.Contains("There is no channel #secret that the app can see", StringComparison.Ordinal));
        Assert.Contains(_said, line => line.Contains("lets only admins change user groups", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_token_is_the_only_thing_that_is_said()
    {
        Assert.Equal(1, await Check(new SlackSettings("xoxb-wrong", ["s"], null, _slack.ApiUrl)));
        Assert.Equal(["Slack does not work yet: Slack does not know the bot token: copy the Bot User OAuth Token from OAuth & Permissions and set Slack__BotToken."], _said);
    }

    [Fact]
    public async Task In_a_workspace_of_very_many_channels_it_waits_for_its_turn()
    {
        _slack.Workspace.PageAtMost = 1;
        for (var i = 0; i < 12; i++)
        {
            _slack.Channels.Add($"channel-{i}");
        }

        var clock = new FakeTimeProvider();
        var checking = Check(new SlackSettings(FakeSlack.BotToken, ["s"], null, _slack.ApiUrl), clock, "channel-11");
        while (!checking.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        Assert.Equal(0, await checking);
        Assert.Contains("Slack: #channel-11 is there and the app is in it.", _said);
    }

    private Task<int> Check(SlackSettings settings, params string[] channels) => Check(settings, TimeProvider.System, channels);

    private async Task<int> Check(SlackSettings settings, TimeProvider clock, params string[] channels)
    {
        using var http = new HttpClient();
        var client = new SlackClient(new SlackTransport(http, settings, new SlackPace(clock)));
        return await new SlackCheck(client, settings, clock, _said.Add).Run(channels.Length > 0 ? channels : ["on-call", "mail"], CancellationToken.None);
    }
}
