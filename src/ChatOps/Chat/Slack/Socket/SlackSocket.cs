using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Incoming;
using ChatOps.Core.Storage;

namespace ChatOps.Chat.Slack.Socket;

/// <summary>One socket: reads envelopes, lets them be handled side by side, and acknowledges each on this same socket.</summary>
internal sealed partial class SlackSocket : IDisposable
{
    // As much as a request URL takes.
    private const int MostBytes = 1024 * 1024;

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource<string> _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SlackDispatcher _dispatcher;
    private readonly SlackState _state;
    private readonly SocketTimes _times;
    private readonly ILogger _log;

    private SlackSocket(SlackDispatcher dispatcher, SlackState state, SocketTimes times, ILogger log)
    {
        (_dispatcher, _state, _times, _log) = (dispatcher, state, times, log);
        (_socket.Options.KeepAliveInterval, _socket.Options.KeepAliveTimeout) = (times.Ping, times.Ping);
    }

    /// <summary>Completes when another should take its place, and says why.</summary>
    public Task<string> Leaving => _leaving.Task;

    /// <summary>Returns when Slack has said hello on it.</summary>
    /// <exception cref="SlackException">Slack did not want it.</exception>
    /// <exception cref="WebSocketException">It broke.</exception>
    public static async Task<SlackSocket> Connect(Uri address, SlackDispatcher dispatcher, SlackState state, SocketTimes times, ILogger log, CancellationToken opening, CancellationToken stop)
    {
        var socket = new SlackSocket(dispatcher, state, times, log);
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

    /// <summary>Reads until the end. An unanswered ping ends it like a cancellation, though nobody has cancelled.</summary>
    private async Task Follow(CancellationToken stop)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            while (await Receive(reading.Token) is { } text)
            {
                using (text)
                {
                    Read(text.RootElement, reading, stop);
                }
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException or JsonException or InvalidOperationException)
        {
            LogBroken(fault.Message);
        }
        finally
        {
            if (!_hello.TrySetException(new WebSocketException("Slack closed the socket before it said hello")) && _hello.Task.IsCompletedSuccessfully)
            {
                _state.Closed();
            }

            _leaving.TrySetResult(SocketEnd.Broken);
            _socket.Abort();
            Dispose();
        }
    }

    private void Read(JsonElement envelope, CancellationTokenSource reading, CancellationToken stop)
    {
        switch (envelope.Text("type"))
        {
            case "hello" when !_hello.Task.IsCompleted:
                _state.Opened();
                _hello.TrySetResult();
                break;
            case "disconnect":
                Leave(envelope.Text("reason") ?? SocketEnd.Broken, reading);
                break;
            case { } type when envelope.Text("envelope_id") is { } id:
                var request = SlackRequest.Of(type, envelope.At("payload") is { ValueKind: not JsonValueKind.Undefined } payload ? payload.Clone() : default);
                var takesReply = envelope.At("accepts_response_payload").ValueKind == JsonValueKind.True;
                _ = Task.Run(() => Handle(id, request, takesReply, stop), CancellationToken.None);
                break;
        }
    }

    private void Leave(string why, CancellationTokenSource reading)
    {
        LogLeaving(why);
        _hello.TrySetException(new SlackException(SlackFault.Refused, "Socket Mode", why));
        _leaving.TrySetResult(why);
        reading.CancelAfter(_times.LastWords);
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
            if (buffer.WrittenCount > MostBytes)
            {
                throw new WebSocketException($"a message of more than {MostBytes} bytes");
            }

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
