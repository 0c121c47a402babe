using System.Collections.Concurrent;
using NodaTime;

namespace ChatOps.Core.Chat.Delivery;

/// <summary>
/// Channels that asked for patience: what comes after keeps its order behind what waits, and nothing new that is stored meanwhile cuts the wait short.
/// </summary>
internal sealed class Lanes
{
    private readonly ConcurrentDictionary<string, Wait> _waits = new();
    private readonly ConcurrentDictionary<string, string> _behind = new();

    public Instant? NextTry => _waits.IsEmpty ? null : _waits.Values.Min(wait => wait.Until);

    /// <summary>Lets those go on that have waited long enough, or since later than now: a clock that was set back by an hour would keep pages back for an hour.</summary>
    public void Open(Instant now)
    {
        foreach (var (channel, _) in _waits.Where(lane => lane.Value.Until <= now || lane.Value.Since > now))
        {
            _waits.TryRemove(channel, out _);
        }
    }

    public bool Waits(string lane)
    {
        if (_waits.ContainsKey(lane) || (_behind.TryGetValue(lane, out var other) && _waits.ContainsKey(other)))
        {
            return true;
        }

        _behind.TryRemove(lane, out _);
        return false;
    }

    /// <summary>Lets one lane wait as long as another does; false when that waits no longer. What stands in a channel that waits need not be drawn again to know that.</summary>
    public bool WaitsWith(string lane, string other)
    {
        if (!_waits.ContainsKey(other))
        {
            return false;
        }

        _behind[lane] = other;
        return true;
    }

    public void Block(string lane, Instant now, Duration after) => _waits[lane] = new Wait(now, now + after);

    private readonly record struct Wait(Instant Since, Instant Until);
}
