using System.Collections.Concurrent;
using ChatOps.Core.Time;
using ChatOps.Web;
using NodaTime;

namespace ChatOps.Chat.Slack;

/// <summary>How things stand with Slack, for <c>/readyz</c>: whether what we send arrives, and whether we hear.</summary>
internal sealed class SlackState(SlackSettings settings, TimeProvider clock) : IReadiness
{
    /// <summary>The trouble is not with one channel.</summary>
    public const string Everywhere = "";

    // Who waits tries again every minute: trouble that nobody has met for longer is over, or nothing waits for its end.
    private static readonly Duration Fresh = Duration.FromMinutes(3);

    private readonly ConcurrentDictionary<string, (string Why, Instant At)> _troubles = new();
    private volatile string? _deaf;
    private int _sockets;

    public string Kind => "chat";

    public string Name => SlackPlatform.PlatformName;

    /// <summary>Sockets that are open and answer.</summary>
    public int Sockets => Volatile.Read(ref _sockets);

    /// <summary>A message did not arrive, and why.</summary>
    public void Fails(string channel, string why) => _troubles[channel] = (why, clock.Now());

    /// <summary>Slack has taken a message for that channel.</summary>
    public void Takes(string channel)
    {
        _troubles.TryRemove(channel, out _);
        _troubles.TryRemove(Everywhere, out _);
    }

    public void Opened()
    {
        Interlocked.Increment(ref _sockets);
        _deaf = null;
    }

    public void Closed() => Interlocked.Decrement(ref _sockets);

    /// <summary>A socket cannot be opened, and what can be done about it.</summary>
    public void CannotOpen(string why) => _deaf = why;

    public ValueTask<PartState> Look(CancellationToken cancel)
    {
        var since = clock.Now() - Fresh;
        var troubles = _troubles.Values.Where(trouble => trouble.At >= since).Select(trouble => trouble.Why).Order(StringComparer.Ordinal).ToList();
        var works = troubles.Count == 0 && (settings.AppToken is null || Sockets > 0);
        return new(new PartState(works, string.Join("; ", [$"{(works ? "ok, " : "")}{Hearing()}", .. troubles.Select(trouble => $"sending: {trouble}")])));
    }

    private string Hearing() => settings.AppToken is null ? "request URLs" : Sockets switch
    {
        0 => $"no socket is open, nothing is heard{(_deaf is { } why ? $": {why}" : "")}",
        1 => "1 socket",
        var many => $"{many} sockets",
    };
}
