using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>
/// A minute's worth of calls for each method, by its tier, and one message a second for each channel. Bursts are not in Slack's documents, so there are none
/// here: only as much tolerance as two requests on one machine need.
/// </summary>
internal sealed class RateLimits(Workspace workspace)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, Queue<DateTimeOffset>> _lately = [];
    private readonly Dictionary<string, DateTimeOffset> _posted = [];

    public bool Enforced { get; set; } = true;

    /// <summary>Between two messages in one channel.</summary>
    public TimeSpan BetweenPosts { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Another number a minute than the tier's, by method.</summary>
    public Dictionary<string, int> PerMinute { get; } = [];

    /// <summary>How many calls were answered with 429.</summary>
    public int Refused { get; private set; }

    /// <summary>Counts the call, or gives the whole seconds after which it may come again. The caller holds the gate.</summary>
    public int? WaitFor(ApiMethod method, IReadOnlyDictionary<string, JsonNode?> arguments)
    {
        if (!Enforced)
        {
            return null;
        }

        var now = workspace.Clock.GetUtcNow();
        var wait = method.Name == "chat.postMessage" ? WaitForChannel(arguments.GetValueOrDefault("channel")?.ToString() ?? "", now) : WaitForMethod(method, now);
        if (wait is not null)
        {
            Refused++;
        }

        return wait;
    }

    private int? WaitForMethod(ApiMethod method, DateTimeOffset now)
    {
        if (!_lately.TryGetValue(method.Name, out var lately))
        {
            _lately[method.Name] = lately = new Queue<DateTimeOffset>();
        }

        while (lately.TryPeek(out var oldest) && now - oldest >= Minute)
        {
            lately.Dequeue();
        }

        if (lately.Count >= PerMinute.GetValueOrDefault(method.Name, method.PerMinute))
        {
            return Math.Max(1, (int)Math.Ceiling((lately.Peek() + Minute - now).TotalSeconds));
        }

        lately.Enqueue(now);
        return null;
    }

    private int? WaitForChannel(string channel, DateTimeOffset now)
    {
        if (_posted.TryGetValue(channel, out var last) && now - last < BetweenPosts - Tolerance)
        {
            return Math.Max(1, (int)Math.Ceiling((last + BetweenPosts - now).TotalSeconds));
        }

        _posted[channel] = now;
        return null;
    }
}
