using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Tests.Scenarios;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Socket Mode, as a bot meets it.</summary>
public sealed class FakeSlackSocketTests : IAsyncLifetime, IDisposable
{
    private FakeSlack _slack = null!;
    private FakeSlackCaller _app = null!;

    public async Task InitializeAsync()
    {
        _slack = await FakeSlack.Open();
        _slack.Transport = Transport.Socket;
        _slack.Users.Add("igor");
        _slack.Channels.Add("on-call", false, true, "igor");
        _app = new FakeSlackCaller(_slack, FakeSlack.AppToken);
    }

    public async Task DisposeAsync() => await _slack.DisposeAsync();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_command_is_answered_in_its_acknowledgement()
    {
        using var socket = await Connect();
        var reply = _slack.Command("igor", "on-call", "/oncall", "who");
        var envelope = await Next(socket);
        Assert.Equal(("slash_commands", "/oncall", true), ((string?)envelope["type"], (string?)envelope["payload"]!["command"], (bool?)envelope["accepts_response_payload"]));
        await Acknowledge(socket, envelope, new JsonObject { ["text"] = "Igor" });
        Assert.Equal("Igor", (await reply).Text);
        Assert.Empty(_slack.Invalid);
    }

    [Fact]
    public async Task An_acknowledgement_on_another_socket_or_with_an_unwanted_payload_is_invalid()
    {
        _slack.Patience = TimeSpan.FromMilliseconds(200);
        using var one = await Connect();
        using var other = await Connect();
        var reply = _slack.Shortcut("igor", "page");
        var (right, wrong) = (other, one);
        var envelope = await Next(right);
        await Acknowledge(wrong, envelope);
        Assert.Equal("dispatch_failed", (await reply).Failure);
        await Acknowledge(right, envelope, new JsonObject { ["text"] = "no" });
        await World.Until(() => Task.FromResult(_slack.Invalid.Count == 2), "the wrong acknowledgements were taken");
    }

    [Fact]
    public async Task A_url_opens_one_socket_and_only_for_the_apps_token()
    {
        var url = await Url();
        using var socket = await Connect(url);
        await Assert.ThrowsAsync<WebSocketException>(() => Connect(url));
        using var bot = new FakeSlackCaller(_slack);
        Assert.Equal("not_allowed_token_type", (string?)(await bot.Ask("apps.connections.open", [])).Body["error"]);
    }

    [Fact]
    public async Task Sockets_that_are_torn_down_leave_a_gap_until_the_next_one()
    {
        using var socket = await Connect();
        _slack.Sockets.Reset();
        await Assert.ThrowsAsync<WebSocketException>(() => Next(socket));
        Assert.Equal("dispatch_failed", (await _slack.Shortcut("igor", "page")).Failure);
        using var next = await Connect();
        Assert.Single(_slack.Sockets.Gaps);
    }

    [Fact]
    public async Task A_frozen_socket_says_nothing_and_does_not_even_answer_pings()
    {
        using var socket = await Connect(patience: TimeSpan.FromMilliseconds(500));
        var next = Next(socket);
        Assert.NotSame(next, await Task.WhenAny(next, Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System)));

        _slack.Sockets.Freeze();
        Assert.Empty(_slack.Sockets.Live);
        // So .NET says it when nobody answers its pings: as if the reader itself had given up.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task A_refreshed_socket_is_told_and_closed_and_an_event_can_come_twice()
    {
        using var socket = await Connect();
        _slack.Sockets.SendsTheNextEventTwice();
        var reply = _slack.OpensHome("igor");
        var (first, second) = (await Next(socket), await Next(socket));
        Assert.NotEqual((string?)first["envelope_id"], (string?)second["envelope_id"]);
        Assert.Equal((string?)first["payload"]!["event_id"], (string?)second["payload"]!["event_id"]);
        await Acknowledge(socket, first);
        await Acknowledge(socket, second);
        Assert.Null((await reply).Failure);

        await _slack.Sockets.Refresh(_slack.Sockets.Live.Single());
        Assert.Equal("refresh_requested", (string?)(await Next(socket))["reason"]);
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[10], CancellationToken.None)).MessageType);
    }

    private async Task<string> Url() => (string)(await _app.Good("apps.connections.open", []))["url"]!;

    /// <summary>A socket that was greeted; with a patience it pings and gives up as a watchdog does.</summary>
    private async Task<ClientWebSocket> Connect(string? url = null, TimeSpan? patience = null)
    {
        var before = _slack.Sockets.Live.Count;
        var socket = new ClientWebSocket();
        if (patience is { } span)
        {
            (socket.Options.KeepAliveInterval, socket.Options.KeepAliveTimeout) = (span / 2, span);
        }

        await socket.ConnectAsync(new Uri(url ?? await Url()), CancellationToken.None);
        Assert.Equal("hello", (string?)(await Next(socket))["type"]);
        await World.Until(() => Task.FromResult(_slack.Sockets.Live.Count == before + 1), "the socket is not counted");
        return socket;
    }

    private static async Task<JsonNode> Next(ClientWebSocket socket)
    {
        var buffer = new byte[32 * 1024];
        var message = await socket.ReceiveAsync(buffer, CancellationToken.None);
        return JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, message.Count))!;
    }

    private static Task Acknowledge(ClientWebSocket socket, JsonNode envelope, JsonObject? payload = null)
    {
        var ack = new JsonObject { ["envelope_id"] = (string?)envelope["envelope_id"] };
        if (payload is not null)
        {
            ack["payload"] = payload;
        }

        return socket.SendAsync(Encoding.UTF8.GetBytes(ack.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);
    }
}
