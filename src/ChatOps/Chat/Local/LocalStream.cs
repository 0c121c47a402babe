using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;

namespace ChatOps.Chat.Local;

/// <summary>Tells the open pages what is new, as server-sent events. A page that does not keep up is cut off; it comes back and reads the channel anew.</summary>
internal sealed class LocalStream(TimeProvider clock)
{
    private const int MostWaiting = 1000;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<Guid, Channel<string>> _pages = new();

    /// <summary>How many pages listen.</summary>
    public int Pages => _pages.Count;

    public void Send(string kind, LocalMessage message)
    {
        if (_pages.IsEmpty)
        {
            return;
        }

        var text = $"event: {kind}\ndata: {JsonSerializer.Serialize(LocalView.Of(message), LocalView.Json)}\n\n";
        foreach (var (id, page) in _pages)
        {
            if (!page.Writer.TryWrite(text))
            {
                CutOff(id, page);
            }
        }
    }

    /// <summary>Something was missed: all pages come back and read the channel anew.</summary>
    public void CutOff()
    {
        foreach (var (id, page) in _pages)
        {
            CutOff(id, page);
        }
    }

    /// <summary>Writes events until the page goes away or the program stops.</summary>
    public async Task Follow(HttpResponse response, CancellationToken cancel)
    {
        var id = Guid.NewGuid();
        var page = Channel.CreateBounded<string>(MostWaiting);
        _pages[id] = page;
        try
        {
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-store";
            await response.WriteAsync("retry: 2000\n: following\n\n", cancel);
            await response.Body.FlushAsync(cancel);
            var pause = Task.Delay(Heartbeat, clock, cancel);
            var waiting = page.Reader.WaitToReadAsync(cancel).AsTask();
            while (true)
            {
                if (await Task.WhenAny(waiting, pause) == pause)
                {
                    await pause;
                    await response.WriteAsync(": still here\n\n", cancel);
                    pause = Task.Delay(Heartbeat, clock, cancel);
                }
                else if (!await waiting)
                {
                    return;
                }
                else
                {
                    while (page.Reader.TryRead(out var text))
                    {
                        await response.WriteAsync(text, cancel);
                    }

                    waiting = page.Reader.WaitToReadAsync(cancel).AsTask();
                }

                await response.Body.FlushAsync(cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the program stops.
        }
        finally
        {
            _pages.TryRemove(id, out _);
        }
    }

    private void CutOff(Guid id, Channel<string> page)
    {
        page.Writer.TryComplete();
        _pages.TryRemove(id, out _);
    }
}
