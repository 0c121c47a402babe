using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Where a mistake of the fake itself would let a bad bot pass.</summary>
public sealed class FakeSlackTests : IAsyncLifetime, IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private FakeSlack _slack = null!;
    private FakeSlackCaller _api = null!;
    private FakeSlackBot _bot = null!;

    public async Task InitializeAsync()
    {
        _slack = await FakeSlack.Open(_clock);
        _slack.Users.Add("igor", "Igor", "igor@example.org");
        _slack.Users.Add("ana", "Ana");
        _slack.Channels.Add("on-call", false, true, "igor", "ana");
        _api = new FakeSlackCaller(_slack);
        _bot = await FakeSlackBot.Open();
        _slack.Bot = _bot.Address;
    }

    public async Task DisposeAsync()
    {
        await _bot.DisposeAsync();
        await _slack.DisposeAsync();
    }

    public void Dispose() => _api.Dispose();

    [Fact]
    public void The_signature_is_the_one_of_Slacks_documents() => Assert.Equal(
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        HttpDelivery.Signature(
            "8f742231b10e8888abcd99yyyzzz85a5",
            "1531420618",
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"));

    [Fact]
    public async Task A_message_is_kept_as_it_was_sent_and_read_as_people_read_it()
    {
        var blocks = new JsonArray(FakeSlackBot.Section($"*Firing* for {_slack.Users["ana"].Mention} &lt;disk&gt; <https://example.org|runbook>"), FakeSlackBot.Actions(FakeSlackBot.Button("Acknowledge", "alert-ack", "A-12")));
        var answer = await _api.Good("chat.postMessage", new() { ["channel"] = _slack.Channels["on-call"].Id, ["text"] = "Firing", ["blocks"] = blocks });
        var message = _slack.Messages.In("on-call").Single();
        Assert.Equal("Firing for @ana <disk> runbook\n[Acknowledge]", message.Visible);
        Assert.Equal(("alert-ack", "A-12"), (message.Buttons[0].ActionId, message.Buttons[0].Value));
        Assert.Equal(message.Ts, (string?)answer["ts"]);

        await _api.Good("chat.update", new() { ["channel"] = message.Channel, ["ts"] = message.Ts, ["text"] = "Acknowledged" });
        Assert.Equal(("Acknowledged", 1), (_slack.Messages.Now(message).Visible, _slack.Messages.Now(message).Edits));
        Assert.Empty(_slack.Invalid);
    }

    [Fact]
    public async Task One_message_a_second_goes_into_a_channel()
    {
        await Post("1");
        var refused = await _api.Ask("chat.postMessage", Message("2"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (refused.Status, refused.RetryAfter));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Post("2");
        Assert.Equal(["1", "2"], _slack.Messages.In("on-call").Select(message => message.Text));
        Assert.Equal(1, _slack.Limits.Refused);
    }

    [Fact]
    public async Task A_tier_counts_the_last_minute()
    {
        for (var i = 0; i < 20; i++)
        {
            await _api.Good("users.list", []);
        }

        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("40", (await _api.Ask("users.list", [])).RetryAfter);
    }

    [Theory]
    [InlineData("chat.postMessage", "chat:write", "text")]
    [InlineData("conversations.history", "channels:history", "limit")]
    [InlineData("conversations.setTopic", "channels:manage", "topic")]
    public async Task Each_method_needs_its_scope(string method, string scope, string argument)
    {
        _slack.Workspace.Scopes.Remove(scope);
        var answer = await _api.Form(method, new() { ["channel"] = _slack.Channels["on-call"].Id, [argument] = "5" });
        Assert.Equal(("missing_scope", scope), ((string?)answer["error"], (string?)answer["needed"]));
    }

    [Fact]
    public async Task What_Slack_does_not_know_is_refused_and_remembered()
    {
        Assert.Equal("unknown_method", (string?)(await _api.Ask("chat.postMesage", [])).Body["error"]);
        Assert.Equal("invalid_arguments", (string?)(await _api.Ask("chat.postMessage", Message("x", ("chanel", "y")))).Body["error"]);
        Assert.Equal("channel_not_found", (string?)(await _api.Ask("chat.update", new() { ["channel"] = "on-call", ["ts"] = "1", ["text"] = "x" })).Body["error"]);
        Assert.Equal("invalid_arguments", (string?)(await _api.Ask("files.getUploadURLExternal", new() { ["filename"] = "a", ["length"] = "1" })).Body["error"]);
        Assert.Equal(["chat.postMesage", "chat.postMessage", "files.getUploadURLExternal"], _slack.Invalid.Select(call => call.Method));
    }

    [Fact]
    public async Task Block_Kits_limits_hold()
    {
        async Task<string> Refused(params JsonNode[] blocks)
        {
            var answer = (await _api.Ask("chat.postMessage", new() { ["channel"] = _slack.Channels["on-call"].Id, ["text"] = "x", ["blocks"] = new JsonArray(blocks) })).Body;
            _clock.Advance(TimeSpan.FromSeconds(1));
            return $"{answer["error"]} {answer["response_metadata"]?["messages"]?[0]}";
        }

        Assert.Equal("invalid_blocks [ERROR] must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]", await Refused(FakeSlackBot.Actions(FakeSlackBot.Button(new string('x', 76), "a", "v"))));
        Assert.Contains("must be less than 3001", await Refused(FakeSlackBot.Section(new string('x', 3001))), StringComparison.Ordinal);
        Assert.Contains("must be more than 0", await Refused(FakeSlackBot.Section("")), StringComparison.Ordinal);
        Assert.Contains("action_id already exists", await Refused(FakeSlackBot.Actions(FakeSlackBot.Button("x", "a", "1"), FakeSlackBot.Button("y", "a", "2"))), StringComparison.Ordinal);
        Assert.Contains("no more than 50", await Refused([.. Enumerable.Range(0, 51).Select(_ => new JsonObject { ["type"] = "divider" })]), StringComparison.Ordinal);
        Assert.Contains("no more than 25", await Refused(FakeSlackBot.Actions([.. Enumerable.Range(0, 26).Select(i => FakeSlackBot.Button("x", $"a{i}", "1"))])), StringComparison.Ordinal);
        Assert.Contains("unknown field: colour", await Refused(new JsonObject { ["type"] = "divider", ["colour"] = "red" }), StringComparison.Ordinal);
        Assert.Empty(_slack.Messages.All);
        Assert.Equal(7, _slack.Invalid.Count);
    }

    [Fact]
    public async Task A_trigger_opens_one_view_within_three_seconds()
    {
        string? trigger = null;
        _bot.Answers = request =>
        {
            trigger = request.Form["trigger_id"];
            return ("", "text/plain");
        };
        await _slack.Command("igor", "on-call", "/oncall", "add");
        await _api.Good("views.open", new() { ["trigger_id"] = trigger, ["view"] = FakeSlackBot.Modal() });
        Assert.Equal("exchanged_trigger_id", await Refusal("views.open", new() { ["trigger_id"] = trigger, ["view"] = FakeSlackBot.Modal() }));

        await _slack.Command("igor", "on-call", "/oncall", "add");
        _clock.Advance(TimeSpan.FromSeconds(3.1));
        Assert.Equal("expired_trigger_id", await Refusal("views.open", new() { ["trigger_id"] = trigger, ["view"] = FakeSlackBot.Modal() }));
        Assert.Equal("invalid_trigger_id", await Refusal("views.open", new() { ["trigger_id"] = "1.2.3", ["view"] = FakeSlackBot.Modal() }));
    }

    [Fact]
    public async Task A_response_url_serves_five_times_in_half_an_hour()
    {
        _bot.Answers = _ => ("""{"text":"Working on it"}""", "application/json");
        var reply = await _slack.Command("igor", "on-call", "/oncall", "who");
        Assert.Equal(("Working on it", _slack.Users["igor"].Id), (reply.Text, reply.Message!.OnlyFor));
        var url = _bot.Requests[0].Form["response_url"];
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await _api.Respond(url, new() { ["text"] = $"{i}" }));
        }

        Assert.Equal(HttpStatusCode.NotFound, await _api.Respond(url, new() { ["text"] = "6" }));
        Assert.Equal(6, _slack.Messages.OnlyFor("igor").Count);

        await _slack.Command("igor", "on-call", "/oncall", "who");
        _clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(HttpStatusCode.NotFound, await _api.Respond(_bot.Requests[1].Form["response_url"], new() { ["text"] = "late" }));
    }

    [Fact]
    public async Task Metadata_is_told_to_those_who_ask_for_it_and_a_scheduled_message_with_it_never_comes()
    {
        var metadata = new JsonObject { ["event_type"] = "card", ["event_payload"] = new JsonObject { ["token"] = "t1" } };
        await _api.Good("chat.postMessage", new() { ["channel"] = _slack.Channels["on-call"].Id, ["text"] = "x", ["metadata"] = metadata.DeepClone() });
        async Task<JsonNode?> First(string flag) => (await _api.Form("conversations.history", new() { ["channel"] = _slack.Channels["on-call"].Id, ["include_all_metadata"] = flag }))["messages"]![0]!["metadata"];
        Assert.Null(await First("false"));
        Assert.Equal("t1", (string?)(await First("true"))!["event_payload"]!["token"]);

        var at = $"{_clock.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds()}";
        await _api.Good("chat.scheduleMessage", new() { ["channel"] = _slack.Channels["on-call"].Id, ["text"] = "never", ["post_at"] = at, ["metadata"] = metadata });
        await _api.Good("chat.scheduleMessage", new() { ["channel"] = _slack.Channels["on-call"].Id, ["text"] = "later", ["post_at"] = at });
        _clock.Advance(TimeSpan.FromMinutes(2));
        await Scenarios.World.Until(() => Task.FromResult(_slack.Messages.All.Count == 2), "the scheduled message does not come");
        Assert.Equal("later", _slack.Messages.All[1].Text);
    }

    [Fact]
    public async Task A_lost_answer_has_done_its_work_and_a_refused_call_has_not()
    {
        _slack.FailNext("chat.postMessage", Fault.AnswerLost);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _api.Ask("chat.postMessage", Message("x")));
        Assert.Single(_slack.Messages.In("on-call"));

        _slack.FailNext("users.list", "internal_error");
        _slack.FailNext("users.list", 503);
        Assert.Equal("internal_error", (string?)(await _api.Ask("users.list", [])).Body["error"]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _api.Ask("users.list", [])).Status);
        await _api.Good("users.list", []);
        Assert.Equal(3, _slack.Asked("users.list"));
        _slack.IsDownFor(TimeSpan.FromSeconds(15));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _api.Ask("users.list", []));
        _clock.Advance(TimeSpan.FromSeconds(15));
        await _api.Good("users.list", []);
    }

    private Task<JsonNode> Post(string text) => _api.Good("chat.postMessage", Message(text));

    private async Task<string?> Refusal(string method, JsonObject arguments) => (string?)(await _api.Ask(method, arguments)).Body["error"];

    private JsonObject Message(string text, params (string Name, string Value)[] more)
    {
        var arguments = new JsonObject { ["channel"] = _slack.Channels["on-call"].Id, ["text"] = text };
        foreach (var (name, value) in more)
        {
            arguments[name] = value;
        }

        return arguments;
    }
}
