using System.Collections.Concurrent;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack.Api;

/// <summary>
/// What Slack lets us call, and when: so many calls of a method a minute, one message a second in a channel, and nothing at all as long as a 429 asked for.
/// It never waits: it says how long a call would have to, and whoever calls decides.
/// </summary>
internal sealed class SlackPace(TimeProvider clock)
{
    /// <summary>Between two messages in one channel. Slack says one a second; its clock and ours are not the same.</summary>
    public static readonly Duration BetweenPosts = Duration.FromMilliseconds(1_050);

    private static readonly Duration Window = Duration.FromMinutes(1);

    // Slack's tiers (calls a minute) of the methods that we call; what is not named is tier 4.
    private static readonly Dictionary<string, int> Tiers = new()
    {
        ["apps.connections.open"] = 1,
        ["conversations.list"] = 20,
        ["conversations.setTopic"] = 20,
        ["conversations.create"] = 20,
        ["conversations.archive"] = 20,
        ["usergroups.list"] = 20,
        ["usergroups.users.list"] = 20,
        ["usergroups.users.update"] = 20,
        ["pins.add"] = 20,
        ["chat.update"] = 50,
        ["conversations.history"] = 50,
        ["conversations.replies"] = 50,
        ["conversations.info"] = 50,
        ["conversations.join"] = 50,
        ["conversations.invite"] = 50,
        ["conversations.open"] = 50,
        ["users.lookupByEmail"] = 50,
    };

    private readonly ConcurrentDictionary<string, Queue<Instant>> _calls = new();
    private readonly ConcurrentDictionary<string, Instant> _blocked = new();
    private readonly ConcurrentDictionary<string, Instant> _posts = new();

    /// <summary>Takes a place for the call, or says how long none is free.</summary>
    /// <param name="method">Slack's name of the method.</param>
    /// <param name="channel">The channel's id, where the call is about one.</param>
    public Duration? Take(string method, string? channel)
    {
        var now = clock.Now();
        if ((Blocked(method, now) ?? (channel is null ? null : Blocked($"{method} {channel}", now))) is { } blocked)
        {
            return blocked;
        }

        // Sockets are opened with their own back-off, which knows better than a count when the next may be tried.
        return method == "apps.connections.open" ? null
            : method == "chat.postMessage" ? TakePost(channel!, now)
            : TakeCall(method, now);
    }

    /// <summary>Slack has answered 429: the whole method rests, in that channel where there is one.</summary>
    public void Rest(string method, string? channel, Duration after) => _blocked[channel is null ? method : $"{method} {channel}"] = clock.Now() + after;

    private Duration? Blocked(string key, Instant now) => !_blocked.TryGetValue(key, out var until) ? null : until > now ? until - now : null;

    private Duration? TakePost(string channel, Instant now)
    {
        while (true)
        {
            if (!_posts.TryGetValue(channel, out var last))
            {
                if (_posts.TryAdd(channel, now))
                {
                    return null;
                }
            }
            else if (now - last < BetweenPosts)
            {
                return BetweenPosts - (now - last);
            }
            else if (_posts.TryUpdate(channel, now, last))
            {
                return null;
            }
        }
    }

    private Duration? TakeCall(string method, Instant now)
    {
        var most = Tiers.GetValueOrDefault(method, 100);
        var calls = _calls.GetOrAdd(method, _ => new Queue<Instant>());
        lock (calls)
        {
            while (calls.TryPeek(out var first) && now - first >= Window)
            {
                calls.Dequeue();
            }

            if (calls.Count >= most)
            {
                return Window - (now - calls.Peek());
            }

            calls.Enqueue(now);
            return null;
        }
    }
}
