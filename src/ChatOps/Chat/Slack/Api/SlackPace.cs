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

    private static readonly Duration AfterAnswer = Duration.FromSeconds(1);

    private const string Posting = "chat.postMessage";
    private const string Opening = "apps.connections.open";
    private const int UsualTier = 100;

    // Slack's tiers (calls a minute) of the methods that we call; what is not named is tier 4. Sockets are not among them: they have a back-off of their own.
    private static readonly Dictionary<string, int> Tiers = new()
    {
        ["conversations.list"] = 20,
        ["conversations.setTopic"] = 20,
        ["conversations.create"] = 20,
        ["conversations.archive"] = 20,
        ["users.list"] = 20,
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

    private readonly ConcurrentDictionary<string, SlackAllowance> _allowances = new();
    private readonly ConcurrentDictionary<string, (Instant Since, Instant Until)> _resting = new();
    private readonly ConcurrentDictionary<string, Instant> _posts = new();

    /// <summary>Takes a place for the call, or says how long none is free.</summary>
    /// <param name="method">Slack's name of the method.</param>
    /// <param name="channel">The channel's id, where the call is about one.</param>
    public Duration? Take(string method, string? channel)
    {
        if (Rests(method, channel) is { } rest)
        {
            return rest;
        }

        return method == Posting ? TakePost(channel!)
            : method == Opening ? null
            : _allowances.GetOrAdd(method, _ => new SlackAllowance(Tiers.GetValueOrDefault(method, UsualTier), clock)).Take();
    }

    /// <summary>
    /// An answer came, or none will. On the way a message may be held up for longer than the next: a whole second after Slack's answer to one, the next cannot come too soon.
    /// </summary>
    public void Answered(string method, string? channel)
    {
        if (method == Posting)
        {
            var counted = clock.Now() - (BetweenPosts - AfterAnswer);
            lock (_posts)
            {
                _posts[channel!] = _posts.TryGetValue(channel!, out var began) && began > counted ? began : counted;
            }
        }
    }

    /// <summary>How long nothing can be posted into a channel; null: at once. Takes no place.</summary>
    public Duration? UntilPost(string channel) => Rests(Posting, channel) ?? UntilNext(channel, clock.Now());

    /// <summary>Slack has answered 429: the method rests, in that channel where there is one.</summary>
    public void Rest(string method, string? channel, Duration after) => _resting[KeyOf(method, channel)] = (clock.Now(), clock.Now() + after);

    private Duration? Rests(string method, string? channel) => _resting.TryGetValue(KeyOf(method, channel), out var rest) ? Wait(rest.Since, rest.Until, clock.Now()) : null;

    /// <summary>How long until then; what began later than now was written by a clock that has been set back since, and would hold things up for as long.</summary>
    private static Duration? Wait(Instant since, Instant until, Instant now) => since <= now && until > now ? until - now : null;

    private static string KeyOf(string method, string? channel) => channel is null ? method : $"{method} {channel}";

    private Duration? UntilNext(string channel, Instant now) => _posts.TryGetValue(channel, out var last) ? Wait(last, last + BetweenPosts, now) : null;

    private Duration? TakePost(string channel)
    {
        lock (_posts)
        {
            var now = clock.Now();
            if (UntilNext(channel, now) is { } wait)
            {
                return wait;
            }

            _posts[channel] = now;
            return null;
        }
    }
}
