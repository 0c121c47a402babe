using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>One open socket of Socket Mode, on Slack's side.</summary>
internal sealed class SlackSocket(int number, WebSocket socket, HttpContext context) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1);
    private readonly FreezableLine _line = context.Features.Get<FreezableLine>()!;

    /// <summary>Counted from 1 in the order of opening.</summary>
    public int Number => number;

    public bool IsFrozen => _line.IsFrozen;

    /// <summary>It was greeted: envelopes may come.</summary>
    public bool IsGreeted { get; set; }

    public async Task Send(JsonObject message)
    {
        await _sending.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The socket died under it: whoever waits for the ack learns by waiting.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next whole message, or null at the end.</summary>
    public async Task<string?> Receive()
    {
        var buffer = new byte[16 * 1024];
        using var whole = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await Close();
                    return null;
                }

                whole.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    return Encoding.UTF8.GetString(whole.ToArray());
                }
            }
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            await _line.UntilEnd();
            return null;
        }
    }

    /// <summary>Slack closes it in good order.</summary>
    public async Task Close()
    {
        await _sending.WaitAsync();
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // It is closed already.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The connection is torn down (TCP RST).</summary>
    public void Reset()
    {
        _line.End();
        try
        {
            context.Abort();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    /// <inheritdoc cref="FreezableLine.Freeze"/>
    public void Freeze() => _line.Freeze();

    public void Dispose()
    {
        _sending.Dispose();
        socket.Dispose();
    }
}
