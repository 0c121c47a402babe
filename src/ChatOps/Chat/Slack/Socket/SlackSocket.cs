using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using ChatOps.Chat.Slack.Incoming;
using ChatOps.Core.Storage;

namespace ChatOps.Chat.Slack.Socket;

/// <summary>Why a socket is to be replaced.</summary>
internal enum SocketEnd
{
    /// <summary>It broke, or Slack closed it.</summary>
    Closed,

    /// <summary>Slack is about to close it; it still works.</summary>
    Expected,

    /// <summary>Socket Mode was switched off for the app.</summary>
    Disabled,
}

/// <summary>One socket: reads envelopes, lets them be handled side by side, and acknowledges each on this same socket.</summary>
internal sealed partial class SlackSocket : IDisposable
{
    // Slack closes a socket that it has announced to close about ten seconds later; then nothing comes on it any more.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(30);

    // A ping every ten seconds, and ten for its answer: a peer that fell silent without a word is noticed within twenty.
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new() { Options = { KeepAliveInterval = Ping, KeepAliveTimeout = Ping } };
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource<SocketEnd> _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SlackDispatcher _dispatcher;
    private readonly SlackState _state;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    private SlackSocket(SlackDispatcher dispatcher, SlackState state, TimeProvider clock, ILogger log) => (_dispatcher, _state, _clock, _log) = (dispatcher, state, clock, log);

    /// <summary>Completes when another should take its place.</summary>
    public Task<SocketEnd> Leaving => _leaving.Task;

    /// <summary>Returns when Slack has said hello on it.</summary>
    public static async Task<SlackSocket> Connect(Uri address, SlackDispatcher dispatcher, SlackState state, TimeProvider clock, ILogger log, CancellationToken opening, CancellationToken stop)
    {
        var socket = new SlackSocket(dispatcher, state, clock, log);
        try
        {
            await socket._socket.ConnectAsync(address, opening);
            _ = Task.Run(() => socket.Follow(stop), CancellationToken.None);
            await socket._hello.Task.WaitAsync(opening);
            return socket;
        }
        catch
        {
            socket._socket.Abort();
            throw;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task Follow(CancellationToken stop)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var greeted = false;
        try
        {
            while (await Receive(reading.Token) is { } text)
            {
                using (text)
                {
                    greeted |= Read(text.RootElement, greeted, reading, stop);
                }
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException or JsonException or InvalidOperationException)
        {
            LogBroken(fault.Message);
        }
        finally
        {
            if (greeted)
            {
                _state.Closed();
            }

            _hello.TrySetException(new WebSocketException("Slack closed the socket before it said hello"));
            _leaving.TrySetResult(SocketEnd.Closed);
            _socket.Abort();
        }
    }

    /// <returns>True for Slack's first word.</returns>
    private bool Read(JsonElement envelope, bool greeted, CancellationTokenSource reading, CancellationToken stop)
    {
        switch (envelope.Text("type"))
        {
            case "hello" when !greeted:
                _state.Opened();
                _hello.TrySetResult();
                return true;
            case "disconnect":
                var why = envelope.Text("reason");
                LogLeaving(why ?? "no reason");
                _leaving.TrySetResult(why == "link_disabled" ? SocketEnd.Disabled : SocketEnd.Expected);
                reading.CancelAfter(LastWords);
                return false;
            case { } type when envelope.Text("envelope_id") is { } id:
                var request = SlackRequest.Of(type, envelope.At("payload").ValueKind == JsonValueKind.Undefined ? default : envelope.At("payload").Clone());
                var takesReply = envelope.At("accepts_response_payload").ValueKind == JsonValueKind.True;
                _ = Task.Run(() => Handle(id, request, takesReply, stop), CancellationToken.None);
                return false;
            default:
                return false;
        }
    }

    private async Task Handle(string envelope, SlackRequest request, bool takesReply, CancellationToken stop)
    {
        try
        {
            var reply = await _dispatcher.Handle(request, stop);
            await Send(envelope, takesReply ? reply.Json : null, stop);
        }
        catch (StoreException)
        {
            // Not stored, so not acknowledged: Slack sends it again.
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            LogNotAcknowledged(envelope, fault.Message); // what it asked for is stored and done; Slack repeats it, and it is known
        }
        catch (Exception fault)
        {
            LogFailed(fault, envelope);
        }
    }

    private async Task Send(string envelope, ReadOnlyMemory<byte>? payload, CancellationToken stop)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("envelope_id", envelope);
            if (payload is { } json)
            {
                writer.WritePropertyName("payload");
                writer.WriteRawValue(json.Span);
            }

            writer.WriteEndObject();
        }

        await _sending.WaitAsync(stop);
        try
        {
            await _socket.SendAsync(buffer.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, stop);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next message; null when Slack has closed the socket.</summary>
    private async Task<JsonDocument?> Receive(CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.GetMemory(4096), cancel);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            buffer.Advance(part.Count);
            if (part.EndOfMessage)
            {
                return JsonDocument.Parse(buffer.WrittenMemory);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Slack is about to close a socket: {Reason}")]
    private partial void LogLeaving(string reason);

    [LoggerMessage(LogLevel.Information, "A Slack socket is gone: {Why}")]
    private partial void LogBroken(string why);

    [LoggerMessage(LogLevel.Information, "{Envelope} could not be acknowledged: {Why}")]
    private partial void LogNotAcknowledged(string envelope, string why);

    [LoggerMessage(LogLevel.Error, "{Envelope} could not be handled")]
    private partial void LogFailed(Exception fault, string envelope);
}
