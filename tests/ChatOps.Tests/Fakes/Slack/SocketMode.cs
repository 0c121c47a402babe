using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>
/// Socket Mode on Slack's side: tickets, sockets, envelopes and their acknowledgements. Frozen sockets count as gone here: only the bot still believes in them.
/// </summary>
internal sealed partial class SocketMode
{
    private const int MostSockets = 10;

    private readonly Workspace _workspace;
    private readonly HashSet<string> _tickets = [];
    private readonly List<SlackSocket> _sockets = [];
    private readonly Dictionary<string, Waiting> _waiting = [];
    private int _envelopes;
    private bool _twice;

    public SocketMode(Workspace workspace)
    {
        _workspace = workspace;
        workspace.NewSocketUrl = NewUrl;
    }

    /// <summary>How long Slack waits for an acknowledgement, in real time.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(3);

    public async Task Serve(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || !Redeem(context.Request.Query["ticket"].ToString()))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var socket = new SlackSocket(NextNumber(), await context.WebSockets.AcceptWebSocketAsync(), context);
        if (Admit(socket) is not { } count)
        {
            await socket.Send(Disconnect("too_many_websockets"));
            await socket.Close();
            return;
        }

        try
        {
            await socket.Send(new JsonObject
            {
                ["type"] = "hello",
                ["num_connections"] = count,
                ["debug_info"] = new JsonObject { ["host"] = $"applink-{socket.Number}", ["build_number"] = 1, ["approximate_connection_time"] = 18060 },
                ["connection_info"] = new JsonObject { ["app_id"] = Workspace.AppId },
            });
            Greeted(socket);
            while (await socket.Receive() is { } message)
            {
                Acknowledged(socket, message);
            }
        }
        finally
        {
            Forget(socket);
        }
    }

    /// <summary>Sends an envelope on any live socket, and waits for its acknowledgement.</summary>
    public async Task<DeliveryAnswer> Send(Delivery delivery, int attempt, string? reason)
    {
        var again = _twice && delivery.Kind == "event";
        _twice &= !again;
        var answers = await Task.WhenAll(Enumerable.Range(0, again ? 2 : 1).Select(_ => SendOnce(delivery, attempt, reason)));
        return answers[0];
    }

    /// <summary>The next event comes in two envelopes, with one event_id.</summary>
    public void SendsTheNextEventTwice() => _twice = true;

    private async Task<DeliveryAnswer> SendOnce(Delivery delivery, int attempt, string? reason)
    {
        var start = TimeProvider.System.GetTimestamp();
        var number = Interlocked.Increment(ref _envelopes);
        var live = Live;
        if (live.Count == 0)
        {
            return new DeliveryAnswer(null, "", false, TimeSpan.Zero, "connection_failed");
        }

        var envelope = new JsonObject
        {
            ["envelope_id"] = $"00000000-0000-4000-8000-{number:D12}",
            ["type"] = delivery.EnvelopeType,
            ["accepts_response_payload"] = delivery.TakesAnswer,
            ["payload"] = delivery.Payload.DeepClone(),
        };
        if (delivery.Kind == "event")
        {
            envelope["retry_attempt"] = attempt;
            envelope["retry_reason"] = reason is null ? "" : "timeout";
        }

        var waiting = new Waiting(live[number % live.Count], delivery.TakesAnswer);
        lock (_workspace.Gate)
        {
            _waiting[(string)envelope["envelope_id"]!] = waiting;
        }

        await waiting.Socket.Send(envelope);
        var came = await Task.WhenAny(waiting.Payload.Task, Task.Delay(Patience, TimeProvider.System)) == waiting.Payload.Task;
        var took = TimeProvider.System.GetElapsedTime(start);
        return came ? new DeliveryAnswer(null, await waiting.Payload.Task, true, took, null) : new DeliveryAnswer(null, "", false, took, "http_timeout");
    }

    private void Acknowledged(SlackSocket socket, string message)
    {
        JsonObject? ack;
        try
        {
            ack = JsonNode.Parse(message) as JsonObject;
        }
        catch (JsonException)
        {
            ack = null;
        }

        lock (_workspace.Gate)
        {
            var envelope = (string?)ack?["envelope_id"] ?? "";
            var payload = ack?["payload"];
            if (!_waiting.TryGetValue(envelope, out var waiting))
            {
                _workspace.IsInvalid("ack", $"no envelope: {message}");
            }
            else if (waiting.Socket != socket)
            {
                _workspace.IsInvalid("ack", $"{envelope} came on socket {waiting.Socket.Number} and was acknowledged on {socket.Number}");
            }
            else if (payload is not (null or JsonObject { Count: 0 }) && !waiting.TakesAnswer)
            {
                _workspace.IsInvalid("ack", $"{envelope} takes no payload: {message}");
            }
            else if (!waiting.Payload.TrySetResult(payload is JsonObject { Count: > 0 } ? payload.ToJsonString() : ""))
            {
                _workspace.IsInvalid("ack", $"{envelope} was acknowledged twice");
            }
        }
    }

    private sealed class Waiting(SlackSocket socket, bool takesAnswer)
    {
        public SlackSocket Socket => socket;

        public bool TakesAnswer => takesAnswer;

        public TaskCompletionSource<string> Payload { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
