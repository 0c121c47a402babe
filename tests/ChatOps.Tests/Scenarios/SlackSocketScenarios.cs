using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.Slack;
using Xunit.Abstractions;

namespace ChatOps.Tests.Scenarios;

/// <summary>Socket Mode, and what goes wrong with it: nothing is lost, done twice or kept silent about.</summary>
[Collection(SlackPaceScenarios.Alone)]
public sealed partial class SlackSocketScenarios(ITestOutputHelper output) : IAsyncLifetime
{
    private BotOnSlack _bot = null!;

    private FakeSlack Slack => _bot.Slack;

    public async Task InitializeAsync() => _bot = await BotOnSlack.Start(Transport.Socket);

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task Two_sockets_stand_and_what_comes_on_them_is_answered_there_in_time()
    {
        Assert.Equal("ok, 2 sockets", await State());
        Assert.Contains("chatops_slack_sockets 2", await _bot.Get("/metrics"), StringComparison.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            var reply = await Slack.Command("igor", "on-call", "/oncall", "who");
            Assert.Null(reply.Failure);
            Assert.True(reply.Took < TimeSpan.FromSeconds(2.5), $"{reply.Took}");
            Assert.NotEmpty(reply.Text);
        }

        Assert.Null((await Slack.OpensHome("igor")).Failure);
        await Works();
    }

    [Fact]
    public async Task Buttons_windows_shortcuts_and_lists_of_options_come_over_them_too()
    {
        await _bot.Hook(AlertmanagerHook.Firing("DiskFull"));
        var card = (await _bot.Shows(messages => messages.Count == 2))[0];
        Assert.Null((await Slack.Click("igor", card, "ack")).Failure);
        await OnlyIgorSees("You have A-1");

        Assert.Null((await Slack.Click("igor", card, "declare")).Failure);
        await World.Until(() => Task.FromResult(Slack.Views.Top("igor") is not null), "no window opens");
        Assert.Null((await Slack.Submit(Slack.Views.Top("igor")!.Id, new Dictionary<string, string> { ["title"] = "Disks are full" })).Failure);
        await OnlyIgorSees("I-1 is declared: Disks are full.");

        Assert.Null((await Slack.MessageShortcut("igor", Slack.Writes("ana", "on-call", "mail-02 too"), "add_to_timeline")).Failure);
        await World.Until(() => Task.FromResult(Slack.Views.Top("igor") is not null), "no window opens");
        Assert.Null((await Slack.Submit(Slack.Views.Top("igor")!.Id, new Dictionary<string, string>())).Failure);
        await OnlyIgorSees("Noted in the timeline of I-1.");

        await Slack.Command("igor", "on-call", "/oncall", "me");
        var zone = Slack.Views.Top("igor")!;
        Assert.Contains("Middle/Earth", Assert.Single((await Slack.Submit(zone.Id, new Dictionary<string, string> { ["zone"] = "Middle/Earth" })).Errors).Value, StringComparison.Ordinal);

        var list = new JsonObject { ["type"] = "external_select", ["action_id"] = "who", ["min_query_length"] = 0, ["placeholder"] = new JsonObject { ["type"] = "plain_text", ["text"] = "Who" } };
        var question = Slack.Writes("igor", "on-call", "who?", blocks: new JsonArray(FakeSlackBot.Actions(list)));
        Assert.Equal("igor", Assert.Single((await Slack.Options("igor", question, "who", "ig")).Options).Value);
    }

    [Fact]
    public async Task A_socket_that_is_about_to_go_is_replaced_before_it_goes()
    {
        var old = Slack.Sockets.Live[0];
        await Slack.Sockets.Warn(old);
        await World.Until(() => Task.FromResult(Slack.Sockets.Connected == 3), "no new one was opened");
        await Works();
        await World.Until(() => Task.FromResult(!Slack.Sockets.Live.Contains(old)), "Slack does not close it");
        Assert.Empty(Slack.Sockets.Gaps);
        Assert.Equal("ok, 2 sockets", await State());
        Assert.Contains("chatops_slack_reconnects_total{reason=\"warning\"}", await _bot.Get("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_refreshed_leaves_no_gap()
    {
        var began = TimeProvider.System.GetTimestamp();
        await Slack.Sockets.Refresh(Slack.Sockets.Live[0]);
        await Works();
        await _bot.Listens();
        Within(TimeSpan.FromSeconds(1), began);
        Assert.Empty(Slack.Sockets.Gaps);
    }

    [Fact]
    public async Task All_torn_down_at_once_are_there_again_within_a_second()
    {
        for (var i = 0; i < 3; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            Slack.Sockets.Reset();
            await _bot.Listens();
            Within(TimeSpan.FromSeconds(1), began);
        }

        Assert.All(Slack.Sockets.Gaps, gap => Assert.True(gap < TimeSpan.FromSeconds(1), $"{gap}"));
        await Works();
    }

    [Fact]
    public async Task Those_that_fell_silent_are_noticed_and_replaced()
    {
        var began = TimeProvider.System.GetTimestamp();
        Slack.Sockets.Freeze();
        await _bot.Listens();
        Within(TimeSpan.FromSeconds(3.5), began); // a ping a second: a tenth of what it is in earnest
        await Works();
    }

    [Fact]
    public async Task One_torn_down_of_two_leaves_the_other_and_no_gap()
    {
        var began = TimeProvider.System.GetTimestamp();
        Slack.Sockets.Reset(Slack.Sockets.Live[0]);
        await Works();
        await _bot.Listens();
        Within(TimeSpan.FromSeconds(1), began);
        Assert.Empty(Slack.Sockets.Gaps);
    }

    [Theory]
    [InlineData("internal_error", 2)]
    [InlineData("503", 4)]
    [InlineData("silence", 2)]
    public async Task When_Slack_gives_no_address_at_first_it_is_asked_again(string fault, int times)
    {
        for (var i = 0; i < times; i++)
        {
            switch (fault)
            {
                case "internal_error":
                    Slack.FailNext("apps.connections.open", "internal_error");
                    break;
                case "503":
                    Slack.FailNext("apps.connections.open", 503);
                    break;
                default:
                    Slack.FailNext("apps.connections.open", Fault.Hang);
                    break;
            }
        }

        var asked = Slack.Asked("apps.connections.open");
        var began = TimeProvider.System.GetTimestamp();
        Slack.Sockets.Reset();
        await _bot.Listens();
        Within(TimeSpan.FromSeconds(1), began);
        Assert.Equal(times + 2, Slack.Asked("apps.connections.open") - asked);
        await Works();
    }

    [Fact]
    public async Task Who_is_asked_to_slow_down_does_not_ask_again_with_the_other_socket()
    {
        Slack.FailNext("apps.connections.open", Fault.TooMany); // in seven seconds
        var asked = Slack.Asked("apps.connections.open");
        var began = TimeProvider.System.GetTimestamp();
        Slack.Sockets.Reset(Slack.Sockets.Live[0]);
        await World.Until(() => Task.FromResult(Slack.Asked("apps.connections.open") > asked), "it is not asked");
        Slack.Sockets.Reset(Slack.Sockets.Live[0]);
        await _bot.Listens();
        Within(TimeSpan.FromSeconds(8), began);
        Assert.Equal(3, Slack.Asked("apps.connections.open") - asked);
    }

    [Fact]
    public async Task An_API_that_is_down_is_there_again_soon_after_it_is_and_meanwhile_readiness_says_so()
    {
        Slack.IsDownFor(TimeSpan.FromSeconds(15));
        var began = TimeProvider.System.GetTimestamp();
        Slack.Sockets.Reset();
        await World.Until(async () => (await State()).StartsWith("no socket is open, nothing is heard: ", StringComparison.Ordinal), "readiness does not say so");
        Assert.Contains("chatops_slack_sockets 0", await _bot.Get("/metrics"), StringComparison.Ordinal);
        await _bot.Listens();
        Within(TimeSpan.FromSeconds(16.5), began);
        await World.Until(async () => await State() == "ok, 2 sockets", "readiness does not say so");
        await Works();
    }

    [Theory]
    [InlineData("invalid_auth", "set Slack__AppToken")]
    [InlineData("link_disabled", "switch Socket Mode on")]
    public async Task What_an_admin_has_to_mend_is_said_and_not_asked_for_again_and_again(string error, string help)
    {
        _bot.Log.Forgive("cannot be opened");
        var asked = Slack.Asked("apps.connections.open");
        if (error == "link_disabled")
        {
            await Slack.Sockets.DisableLink();
        }
        else
        {
            Slack.FailNext("apps.connections.open", error);
            Slack.FailNext("apps.connections.open", error);
            Slack.Sockets.Reset();
        }

        await World.Until(() => Task.FromResult(_bot.Log.Lines.Count(line => line.Contains("cannot be opened", StringComparison.Ordinal)) == 2), "it is not in the log");
        Assert.Contains(help, await State(), StringComparison.Ordinal);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        Assert.InRange(Slack.Asked("apps.connections.open") - asked, 0, 2);
    }

    [Fact]
    public async Task An_event_on_two_envelopes_is_handled_once()
    {
        Slack.Sockets.SendsTheNextEventTwice();
        Assert.Null((await Slack.Mention("igor", "on-call", "oncall page the mail is down")).Failure);
        await _bot.Shows(messages => messages.Any(message => message.Visible.Contains("the mail is down", StringComparison.Ordinal) && message.User == Workspace.BotUser));
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        Assert.Single(Slack.Messages.In("on-call"), message => message.Visible.Contains("Firing: the mail is down", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_stored_is_not_acknowledged_and_comes_again()
    {
        _bot.Log.Forgive("could not be stored");
        _bot.Log.Forgive("The database is away");
        Slack.Patience = TimeSpan.FromSeconds(1);
        _bot.Store.IsAway = true;
        var said = Slack.Mention("igor", "on-call", "oncall page the mail is down");
        await World.Until(() => Task.FromResult(_bot.Log.Lines.Any(line => line.Contains("could not be stored", StringComparison.Ordinal))), "it was not tried");
        _bot.Store.IsAway = false;
        var heard = await said;
        Assert.Equal((null, 2), (heard.Failure, heard.Attempts));
        await _bot.Shows(messages => messages.Count(message => message.Visible.Contains("Firing: the mail is down", StringComparison.Ordinal)) == 1);
    }

    [Fact]
    public async Task One_socket_too_many_is_said_and_left_for_a_while()
    {
        _bot.Log.Forgive("cannot be opened");
        await using var other = await BotOnSlackTogether(_bot, sockets: 9);
        await World.Until(() => Task.FromResult(other.Log.Lines.Any(line => line.Contains("lower Slack__Sockets", StringComparison.Ordinal))), "nobody says so");
        Assert.Equal(10, Slack.Sockets.Live.Count);
        await Works();
    }

    private static async Task<RunningBot> BotOnSlackTogether(BotOnSlack with, int sockets)
    {
        var bot = await RunningBot.StartAsync([.. with.Slack.Settings(Transport.Socket), "--Chat:Platforms=Slack", $"--Slack:Sockets={sockets}"]);
        bot.Log.Forgive("cannot be opened");
        return bot;
    }

    private Task OnlyIgorSees(string words) =>
        World.Until(() => Task.FromResult(Slack.Messages.OnlyFor("igor").Any(message => message.Visible.StartsWith(words, StringComparison.Ordinal))), $"igor does not see: {words}");

    private async Task Works()
    {
        var reply = await Slack.Command("igor", "on-call", "/oncall", "who");
        Assert.Null(reply.Failure);
    }

    private async Task<string> State()
    {
        using var ready = JsonDocument.Parse(await _bot.Get("/readyz"));
        return ready.RootElement.GetProperty("chat").GetProperty("slack").GetProperty("state").GetString()!;
    }

    private void Within(TimeSpan most, long began)
    {
        var took = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine($"{took.TotalMilliseconds:0} ms, gaps {string.Join(", ", Slack.Sockets.Gaps.Select(gap => $"{gap.TotalMilliseconds:0} ms"))}, asked {Slack.Asked("apps.connections.open")}");
        Assert.True(took < most, $"{took}");
    }
}
