using ChatOps.Core.Chat.Commands;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.Slack;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Scenarios;

/// <summary>Slash commands: who typed one sees the answer at once, or soon.</summary>
public sealed class SlackCommandScenarios
{
    [Fact]
    public async Task The_answer_to_a_command_is_the_reply_and_only_who_asked_sees_it()
    {
        await using var world = await World.BeginWithSlack();
        Assert.StartsWith("Nobody is on call for core. /oncall join signs you up.", await world.SaysInSlack("igor", "/oncall who"), StringComparison.Ordinal);
        Assert.StartsWith("You are in core.", await world.SaysInSlack("igor", "/oncall join"), StringComparison.Ordinal);
        Assert.StartsWith("igor joined core.", (await world.HearsInSlack()).Visible.Replace("@", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await world.HearsTopic("On call: @igor until Mon 30 Nov 09:00 UTC");
        Assert.Contains("is on call for core", await world.SaysInSlack("ana", "/oncall who"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_are_no_command_are_answered_with_what_there_is()
    {
        await using var world = await World.BeginWithSlack();
        Assert.Contains("/oncall who", await world.SaysInSlack("igor", "/oncall help"), StringComparison.Ordinal);
        Assert.Contains("/oncall", await world.SaysInSlack("igor", "/oncall"), StringComparison.Ordinal);
        Assert.Contains("/alert ack", await world.SaysInSlack("igor", "/alert akc A-1"), StringComparison.Ordinal);
        Assert.Contains("/alert ack", await world.SaysInSlack("igor", "/alert ack --help"), StringComparison.Ordinal);
        Assert.Contains("There is no alert A-77.", await world.SaysInSlack("igor", "/alert ack A-77"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_is_acknowledged_by_a_command()
    {
        await using var world = await World.BeginWithSlack();
        await SlackNight.Fire(world);
        Assert.Equal("You have A-1: InstanceDown.", await world.SaysInSlack("ana", "/alert ack A-1"));
        Assert.StartsWith("ana acknowledged it.", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
        Assert.StartsWith("You have A-1 already", await world.SaysInSlack("ana", "/alert ack a-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_are_read_as_they_were_typed()
    {
        await using var world = await World.BeginWithSlack();
        await SlackNight.Fire(world);
        await world.SaysInSlack("igor", "/alert note A-1 ask <mailto:igor@example.org|igor@example.org> or <tel:+4912345|+49 12345>, see <https://example.org|example.org>");
        Assert.StartsWith("igor notes: ask igor@example.org or +49 12345, see https://example.org", (await world.HearsInSlack()).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_takes_longer_than_two_seconds_is_answered_behind()
    {
        var gated = new GatedCommand();
        await using var world = await World.BeginWithSlack(made => made.Adjust = services => services.AddSingleton<ICommand>(gated));
        var asked = world.Slack.Command("igor", "on-call", "/oncall", "gated");
        await World.Until(() => Task.FromResult(gated.Runs == 1), "It never begins.");
        while (!asked.IsCompleted)
        {
            world.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        var reply = await asked;
        Assert.Equal((200, ""), (reply.Status, reply.Answer.Body));
        gated.Open();
        Assert.Equal("Done for igor.", (await world.Sees("igor")).Visible);
        Assert.Equal(1, gated.Runs);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task A_late_answer_that_the_response_url_does_not_take_is_told_all_the_same(int status)
    {
        var gated = new GatedCommand();
        await using var world = await World.BeginWithSlack(made => made.Adjust = services => services.AddSingleton<ICommand>(gated));
        world.Slack.Workspace.ResponseUrls.Broken = status;
        var asked = world.Slack.Command("igor", "on-call", "/oncall", "gated");
        await World.Until(() => Task.FromResult(gated.Runs == 1), "It never begins.");
        while (!asked.IsCompleted)
        {
            world.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        gated.Open();
        Assert.Equal("Done for igor.", (await world.Sees("igor")).Visible);
    }

    [Fact]
    public async Task By_the_real_clock_too_the_first_byte_comes_within_three_seconds()
    {
        var gated = new GatedCommand();
        await using var world = await World.BeginWithSlack(made => made.Adjust = services => services.AddSingleton<ICommand>(gated).AddSingleton(TimeProvider.System));
        world.Slack.Patience = TimeSpan.FromSeconds(20);
        var headers = new Dictionary<string, string> { ["X-Slack-Request-Timestamp"] = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}" };
        var body = SlackNight.Form(new Payloads(world.Slack.Workspace).Command(world.Slack.Users["igor"], world.Slack.Channels["on-call"], "/oncall", "gated"));
        headers["X-Slack-Signature"] = HttpDelivery.Signature(FakeSlack.SigningSecret, headers["X-Slack-Request-Timestamp"], body);
        var answer = await world.Slack.Raw.Send("command", body, "application/x-www-form-urlencoded", headers);
        Assert.Equal(200, answer.Status);
        Assert.InRange(answer.Took, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(3));
        gated.Open();
        Assert.Equal("Done for igor.", (await world.Sees("igor")).Visible);
    }

    [Fact]
    public async Task A_command_that_asks_opens_a_window()
    {
        await using var world = await World.BeginWithSlack();
        Assert.Equal("", await world.SaysInSlack("igor", "/incident start"));
        var view = await world.LooksAt("igor");
        Assert.Equal(["title", "severity", "known"], view.Blocks.Select(block => (string)block!["block_id"]!));
    }

    [Fact]
    public async Task A_window_that_Slack_does_not_open_is_said_in_words()
    {
        await using var world = await World.BeginWithSlack();
        await world.SaysInSlack("igor", "/oncall who");
        world.Slack.FailNext("views.open", "expired_trigger_id");
        Assert.Equal("The form took too long to open. Ask for it again.", await world.SaysInSlack("igor", "/incident start"));
    }
}
