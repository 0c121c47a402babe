using System.Threading.Channels;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;

namespace ChatOps.Chat.Local;

/// <summary>
/// Brings what was posted to the pages that are open on any replica: straight to those here, and by its id to the others, which read it from the store.
/// </summary>
internal sealed partial class LocalNews : IDisposable
{
    private const int MostWaiting = 1000;
    private const string Topic = "local-message";

    private readonly Channel<(string Kind, string Id)> _elsewhere = Channel.CreateBounded<(string, string)>(MostWaiting);
    private readonly LocalStream _stream;
    private readonly IStore _store;
    private readonly Replica _replica;
    private readonly ISignals _signals;
    private readonly ILogger<LocalNews> _log;
    private readonly IDisposable _listening;

    public LocalNews(LocalStream stream, IStore store, Replica replica, ISignals signals, ILogger<LocalNews> log)
    {
        (_stream, _store, _replica, _signals, _log) = (stream, store, replica, signals, log);
        _listening = signals.Listen(Hear);
        _ = Task.Run(TellFromElsewhere);
    }

    public void Send(string kind, LocalMessage message)
    {
        _stream.Send(kind, message);
        _signals.Notify(Topic, $"{_replica.Run} {kind} {message.Id}");
    }

    public void Dispose()
    {
        _listening.Dispose();
        _elsewhere.Writer.TryComplete();
    }

    private void Hear(Signal signal)
    {
        if (_stream.Pages == 0)
        {
            return;
        }

        var missed = signal == Signal.Everything;
        if (signal.Topic == Topic && signal.Payload.Split(' ') is [var run, var kind, var message] && run != _replica.Run)
        {
            missed = !_elsewhere.Writer.TryWrite((kind, message));
        }

        if (missed)
        {
            _stream.CutOff();
        }
    }

    /// <summary>One after another, so that a page never sees an older state after a newer one.</summary>
    private async Task TellFromElsewhere()
    {
        await foreach (var (kind, id) in _elsewhere.Reader.ReadAllAsync())
        {
            try
            {
                if (await _store.Find<LocalMessage>(id) is { } message)
                {
                    _stream.Send(kind, message);
                }
            }
            catch (Exception fault)
            {
                LogNotRead(fault, id);
                _stream.CutOff();
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Message}, which another replica posted, could not be read; the open pages load the channel anew")]
    private partial void LogNotRead(Exception fault, string message);
}
