using ChatOps.Chat.Slack.Incoming;
using ChatOps.Core.Storage;
using ChatOps.Settings;
using ChatOps.Tests.Fakes.Slack;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Scenarios;

/// <summary>What comes to Slack's request URLs: only Slack is heard, and nothing that it sends breaks us.</summary>
public sealed class SlackHttpRules
{
    [Theory]
    [InlineData(600)]
    [InlineData(301)]
    [InlineData(-301)]
    [InlineData(-600)]
    public async Task A_timestamp_more_than_five_minutes_off_is_refused_however_well_signed(int seconds)
    {
        await using var world = await World.BeginWithSlack();
        Assert.Equal((401, ""), Of(await world.Slack.Raw.Aged(TimeSpan.FromSeconds(seconds))));
        Assert.Equal((200, ""), Of(await world.Slack.Raw.Aged(TimeSpan.FromSeconds(Math.Sign(seconds) * 299))));
        Assert.Single(world.Log.Lines, line => line.Contains("too far from now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_does_not_sign_rightly_learns_nothing_and_nothing_of_theirs_is_read()
    {
        await using var world = await World.BeginWithSlack();
        var raw = world.Slack.Raw;
        Assert.Equal((401, ""), Of(await raw.GarbageTimestamp()));
        Assert.Equal((401, ""), Of(await raw.WrongSignature()));
        Assert.Equal((401, ""), Of(await raw.Unsigned()));
        Assert.Equal((401, ""), Of(await raw.Unsigned("{\"type\":")));
        foreach (var timestamp in new[] { "", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "1e9" })
        {
            var headers = new Dictionary<string, string> { ["X-Slack-Request-Timestamp"] = timestamp, ["X-Slack-Signature"] = HttpDelivery.Signature(FakeSlack.SigningSecret, timestamp, "{}") };
            Assert.Equal((401, ""), Of(await raw.Send("event", "{}", headers: headers)));
        }

        foreach (var signature in new[] { "v0=", "v1=" + new string('0', 64), "v0=" + new string('z', 64), new string('0', 67) })
        {
            Assert.Equal((401, ""), Of(await raw.Send("event", "{}", headers: new Dictionary<string, string> { ["X-Slack-Signature"] = signature })));
        }
    }

    [Fact]
    public async Task A_body_of_more_than_a_megabyte_is_refused()
    {
        await using var world = await World.BeginWithSlack();
        Assert.Equal(413, (await world.Slack.Raw.Huge(1024 * 1024, signed: true)).Status);
        Assert.Equal(401, (await world.Slack.Raw.Huge(25_000_000, signed: false)).Status);
        Assert.Equal((200, ""), Of(await world.Slack.Raw.Huge(1024 * 1024 - 100, signed: true)));
    }

    [Fact]
    public async Task What_a_long_body_took_is_free_again_after_it()
    {
        await using var world = await World.BeginWithSlack();
        for (var i = 0; i < 70; i++)
        {
            Assert.Equal((200, ""), Of(await world.Slack.Raw.Huge(1024 * 1024 - 100, signed: true)));
        }
    }

    [Fact]
    public async Task Slacks_own_checks_are_answered()
    {
        await using var world = await World.BeginWithSlack();
        Assert.Equal((200, ""), Of(await world.Slack.Raw.SslCheck()));
        Assert.Equal((200, "ab<c"), Of(await world.Slack.Raw.UrlVerification("ab<c")));
    }

    [Theory]
    [InlineData("event", "{\"type\":\"event_callback\",", "application/json")]
    [InlineData("event", "", "application/json")]
    [InlineData("event", "null", "application/json")]
    [InlineData("event", "[1]", "application/json")]
    [InlineData("event", "{\"type\":7}", "application/json")]
    [InlineData("event", "{\"type\":\"tea_break\"}", "application/json")]
    [InlineData("event", "{\"type\":\"event_callback\"}", "application/json")]
    [InlineData("event", "{\"type\":\"event_callback\",\"event_id\":\"Ev1\",\"event\":{\"type\":\"tea_break\"}}", "application/json")]
    [InlineData("event", "{\"type\":\"event_callback\",\"event_id\":\"Ev2\",\"event\":\"message\"}", "application/json")]
    [InlineData("event", "{\"type\":\"event_callback\",\"event_id\":\"\\ud83d\",\"event\":{\"type\":\"app_mention\",\"user\":\"\\ud83d\",\"channel\":\"C1\"}}", "application/json")]
    [InlineData("event", "{\"type\":\"app_rate_limited\",\"team_id\":\"T1\",\"minute_rate_limited\":1518467820}", "application/json")]
    [InlineData("action", "payload=%7B%22type", "application/x-www-form-urlencoded")]
    [InlineData("action", "payload={\"type\":\"block_actions\",\"trigger_id\":\"1\"}", "application/x-www-form-urlencoded")]
    [InlineData("action", "payload={\"type\":\"block_actions\",\"trigger_id\":\"2\",\"actions\":{}}", "application/x-www-form-urlencoded")]
    [InlineData("action", "payload={\"type\":\"view_submission\",\"view\":{\"id\":\"V1\",\"callback_id\":\"chatops_form\",\"private_metadata\":\"{\"}}", "application/x-www-form-urlencoded")]
    [InlineData("action", "payload={\"type\":\"view_submission\",\"view\":{\"id\":\"V2\"}}", "application/x-www-form-urlencoded")]
    [InlineData("action", "payload={\"type\":\"view_closed\"}", "application/x-www-form-urlencoded")]
    [InlineData("action", "payload={\"type\":\"shortcut\",\"callback_id\":\"nobody\",\"trigger_id\":\"3\"}", "application/x-www-form-urlencoded")]
    [InlineData("action", "payload={\"type\":\"dance\"}", "application/x-www-form-urlencoded")]
    [InlineData("event", "{\"type\":\"event_callback\",\"\\ud800\":1,\"event_id\":\"Ev3\",\"event\":{\"\\ud800pe\":\"x\",\"type\":\"app_mention\"}}", "application/json")]
    [InlineData("action", "payload={\"type\":\"view_submission\",\"user\":{\"id\":\"U1\"},\"view\":{\"id\":\"V3\",\"callback_id\":\"chatops_form\",\"private_metadata\":\"{\\\"Form\\\":{\\\"Command\\\":\\\"alert note\\\",\\\"Subject\\\":\\\"A-1\\\",\\\"Fields\\\":[],\\\"Submit\\\":\\\"Go\\\",\\\"Title\\\":null}}\"}}", "application/x-www-form-urlencoded")]
    [InlineData("command", "", "application/x-www-form-urlencoded")]
    [InlineData("command", "%%%=%ff&&&=", "application/x-www-form-urlencoded")]
    public async Task What_is_signed_and_cannot_be_read_is_taken_and_does_nothing(string kind, string body, string type)
    {
        await using var world = await World.BeginWithSlack();
        Assert.Equal((200, ""), Of(await world.Slack.Raw.Send(kind, body, type)));
        await world.IsHandled();
        Assert.Equal(0, await world.Services.GetRequiredService<IStore>().Count(SlackDelivery.Waiting, Keys.All));
    }

    [Theory]
    [InlineData("{\"a\":5}")]
    [InlineData("{\"a\":null,\"b\":[{}]}")]
    [InlineData("{\"\\ud800\":{\"x\":{\"value\":\"y\"}}}")]
    [InlineData("{\"a\":{\"\\ud800\":{\"\\ud800\":1,\"value\":\"y\"}}}")]
    public async Task A_dialog_whose_values_cannot_be_read_is_one_without_them(string values)
    {
        await using var world = await World.BeginWithSlack();
        var form = "{\\\"Form\\\":{\\\"Command\\\":\\\"alert note\\\",\\\"Subject\\\":\\\"A-1\\\",\\\"Fields\\\":[],\\\"Submit\\\":\\\"Go\\\",\\\"Title\\\":\\\"Note\\\"}}";
        var payload = $$"""{"type":"view_submission","user":{"id":"{{world.Slack.Users["ana"].Id}}"},"view":{"id":"V1","callback_id":"chatops_form","private_metadata":"{{form}}","state":{"values":""" + values + "}}}";
        Assert.Equal(200, (await world.Slack.Raw.Send("action", $"payload={Uri.EscapeDataString(payload)}", "application/x-www-form-urlencoded")).Status);
        await world.IsHandled();
        Assert.StartsWith("There is no alert", (await world.IsToldDirectly("ana")).Visible, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task All_may_come_to_one_URL_and_with_a_charset(bool oneUrl, bool charset)
    {
        await using var world = await World.BeginWithSlack();
        (world.Slack.OneUrl, world.Slack.CharsetSuffix) = (oneUrl, charset);
        if (oneUrl)
        {
            world.Slack.Bot = new Uri(world.Slack.Bot!.ToString().TrimEnd('/'));
        }

        Assert.StartsWith("Nobody is on call for core.", await world.SaysInSlack("igor", "/oncall who"), StringComparison.Ordinal);
        Assert.Null((await world.Slack.Mention("ana", "on-call", "oncall who")).Failure);
        Assert.StartsWith("Nobody is on call for core.", (await world.Sees("ana")).Visible, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_secret_is_changed_both_are_right()
    {
        await using var world = await World.BeginWithSlack("--Slack:SigningSecret=the-next-one," + FakeSlack.SigningSecret);
        Assert.StartsWith("Nobody is on call for core.", await world.SaysInSlack("igor", "/oncall who"), StringComparison.Ordinal);
        var timestamp = $"{world.Clock.GetUtcNow().ToUnixTimeSeconds()}";
        var next = new Dictionary<string, string> { ["X-Slack-Signature"] = HttpDelivery.Signature("the-next-one", timestamp, "{}") };
        Assert.Equal(200, (await world.Slack.Raw.Send("event", "{}", headers: next)).Status);
    }

    [Fact]
    public void Without_a_secret_it_does_not_start() => Assert.Contains(
        "Slack:SigningSecret",
        Assert.Throws<SettingsException>(() => global::Program.Build(["--Chat:Platforms=Slack", "--Slack:BotToken=xoxb-1"])).Message,
        StringComparison.Ordinal);

    private static (int?, string) Of(DeliveryAnswer answer) => (answer.Status, answer.Body);
}
