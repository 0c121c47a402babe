using System.Collections.Concurrent;
using NodaTime;

namespace ChatOps.Core.Chat.Delivery;

/// <summary>
/// Channels that asked for patience: what comes after keeps its order behind what waits, and nothing new that is stored meanwhile cuts the wait short.
/// </summary>
internal sealed class Lanes
{
    private readonly ConcurrentDictionary<string, Instant> _until = new();
    private readonly ConcurrentDictionary<string, string> _behind = new();

    public Instant? NextTry => _until.IsEmpty ? null : _until.Values.Min();

    /// <summary>Lets those go on that have waited long enough.</summary>
    public void Open(Instant now)
    {
        foreach (var (channel, _) in _until.Where(lane => lane.Value <= now))
        {
            _until.TryRemove(channel, out _);
        }
    }

    public bool Waits(string lane)
    {
        if (_until.ContainsKey(lane) || (_behind.TryGetValue(lane, out var other) && _until.ContainsKey(other)))
        {
            return true;
        }

        _behind.TryRemove(lane, out _);
        return false;
    }

    /// <summary>Lets one lane wait as long as another does; false when that waits no longer. What stands in a channel that waits need not be drawn again to know that.</summary>
    public bool WaitsWith(string lane, string other)
    {
        if (!_until.ContainsKey(other))
        {
            return false;
        }

        _behind[lane] = other;
        return true;
    }

    public void Block(string lane, Instant until) => _until[lane] = until;
}
