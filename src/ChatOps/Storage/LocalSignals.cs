using System.Collections.Concurrent;
using ChatOps.Core.Storage;

namespace ChatOps.Storage;

/// <summary>Signals within this process: all there is to tell where one process has the store for itself.</summary>
internal sealed class LocalSignals : ISignals
{
    private readonly ConcurrentDictionary<object, Action<Signal>> _listeners = new();

    public void Notify(string topic, string payload = "") => Tell(new Signal(topic, payload));

    public IDisposable Listen(Action<Signal> hear)
    {
        var listening = new Listening(_listeners);
        _listeners[listening] = hear;
        return listening;
    }

    public void Tell(Signal signal)
    {
        foreach (var hear in _listeners.Values)
        {
            hear(signal);
        }
    }

    private sealed class Listening(ConcurrentDictionary<object, Action<Signal>> listeners) : IDisposable
    {
        public void Dispose() => listeners.TryRemove(this, out _);
    }
}
