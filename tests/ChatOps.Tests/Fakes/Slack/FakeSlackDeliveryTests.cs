using System.Text.Json.Nodes;
using ChatOps.Tests.Scenarios;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>What reaches a bot over HTTP, and what becomes of its answers.</summary>
public sealed class FakeSlackDeliveryTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private FakeSlack _slack = null!;
    private FakeSlackBot _bot = null!;

    public async Task InitializeAsync()
    {
        _slack = await FakeSlack.Open(_clock);
        _slack.Users.Add("igor");
        _slack.Channels.Add("on-call", false, true, "igor");
        _bot = await FakeSlackBot.Open();
        _slack.Bot = _bot.Address;
    }

    public async Task DisposeAsync()
    {
        await _bot.DisposeAsync();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task Everything_is_signed_with_the_clocks_time()
    {
        await _slack.Command("igor", "on-call", "/oncall", "who");
        var request = _bot.Requests.Single();
        var timestamp = request.Headers["X-Slack-Request-Timestamp"];
        Assert.Equal(("command", $"{_clock.GetUtcNow().ToUnixTimeSeconds()}"), (request.Kind, timestamp));
        Assert.Equal(HttpDelivery.Signature(FakeSlack.SigningSecret, timestamp, request.Body), request.Headers["X-Slack-Signature"]);
        Assert.Equal(("/oncall", "who", "on-call"), (request.Form["command"], request.Form["text"], request.Form["channel_name"]));
    }

    [Fact]
    public async Task A_click_tells_what_was_pressed_and_where()
    {
        var message = _slack.Messages.Add(new FakeSlackMessage(_slack.Workspace, _slack.Channels["on-call"].Id, Workspace.BotUser, "Firing")
        {
            Blocks = new JsonArray(FakeSlackBot.Actions(FakeSlackBot.Button("Acknowledge", "ack", "A-1"), FakeSlackBot.Button("Resolve", "resolve", "A-1"))),
        });
        await _slack.Click("igor", message, "resolve");
        var payload = _bot.Requests.Single().Payload;
        Assert.Equal("block_actions", (string?)payload["type"]);
        Assert.Equal(("resolve", "A-1"), ((string?)payload["actions"]![0]!["action_id"], (string?)payload["actions"]![0]!["value"]));
        Assert.Equal(message.Ts, (string?)payload["container"]!["message_ts"]);
        Assert.NotNull(payload["trigger_id"]);
        Assert.NotNull(payload["response_url"]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _slack.Click("igor", message, "escalate"));
    }

    [Fact]
    public async Task A_form_comes_back_with_errors_or_closes()
    {
        var view = _slack.Views.Open(_slack.Users["igor"].Id, FakeSlackBot.Modal());
        await Assert.ThrowsAsync<InvalidOperationException>(() => _slack.Submit(view.Id, new Dictionary<string, string>()));
        _bot.Answers = _ => ("""{"response_action":"errors","errors":{"note":"Too short"}}""", "application/json");
        var refused = await _slack.Submit(view.Id, new Dictionary<string, string> { ["note"] = "a" });
        Assert.Equal(("Too short", true), (refused.Errors["note"], view.IsOpen));
        Assert.Equal("a", (string?)_bot.Requests.Single().Payload["view"]!["state"]!["values"]!["note"]!["text"]!["value"]);

        _bot.Answers = _ => ("""{"response_action":"errors","errors":{"text":"An action's id"}}""", "application/json");
        Assert.Equal("dispatch_failed", (await _slack.Submit(view.Id, new Dictionary<string, string> { ["note"] = "a" })).Failure);
        Assert.Single(_slack.Invalid);

        _bot.Answers = _ => ("", "text/plain");
        await _slack.Submit(view.Id, new Dictionary<string, string> { ["note"] = "all is well" });
        Assert.False(view.IsOpen);
    }

    [Fact]
    public async Task A_bot_that_is_slow_fails_for_the_person()
    {
        _slack.Patience = TimeSpan.FromMilliseconds(100);
        using var done = new ManualResetEventSlim();
        _bot.Answers = _ =>
        {
            done.Wait();
            return ("", "text/plain");
        };
        Assert.Equal("dispatch_failed", (await _slack.Command("igor", "on-call", "/oncall", "who")).Failure);
        done.Set();
    }

    [Fact]
    public async Task An_event_is_tried_at_once_after_a_minute_and_after_five()
    {
        _bot.Status = StatusCodes.Status500InternalServerError;
        var reply = await _slack.Mention("igor", "on-call", "who");
        Assert.Equal(2, reply.Attempts);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await World.Until(() => Task.FromResult(_slack.EventAttempts.Count == 3), "no second retry");
        _bot.Status = StatusCodes.Status200OK;
        _clock.Advance(TimeSpan.FromMinutes(5));
        await World.Until(() => Task.FromResult(_slack.EventAttempts.Count == 4), "no third retry");
        Assert.Equal([null, "1", "2", "3"], _bot.Requests.Select(request => request.Headers.GetValueOrDefault("X-Slack-Retry-Num")));
        Assert.Equal("http_error", _bot.Requests[3].Headers["X-Slack-Retry-Reason"]);
        Assert.Single(_bot.Requests.Select(request => (string?)request.Payload["event_id"]).Distinct());
    }
}
