using System.Collections.Concurrent;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>
/// What was answered in the last minutes, so that the same thing twice, on two connections or because Slack thinks that it got lost, is answered the same and
/// handled once. It is a shortcut for what changes something, which the inbox guards, and all there is for what only reads.
/// </summary>
internal sealed class SlackRecent(TimeProvider clock)
{
    // Slack repeats an event for six minutes. Each is remembered for one to two turns.
    private static readonly Duration Turn = Duration.FromMinutes(7);

    private readonly Lock _turning = new();
    private ConcurrentDictionary<string, Lazy<Task<SlackReply>>> _now = new();
    private ConcurrentDictionary<string, Lazy<Task<SlackReply>>> _before = new();
    private Instant _until;

    /// <summary>The answer that was given, or is being made; made now when it is the first time.</summary>
    public Task<SlackReply> Once(string id, Func<Task<SlackReply>> answer)
    {
        var (now, before) = TurnOver();
        return before.TryGetValue(id, out var earlier) ? earlier.Value : now.GetOrAdd(id, _ => new Lazy<Task<SlackReply>>(answer)).Value;
    }

    /// <summary>It did not work out, and may be tried again.</summary>
    public void Forget(string id)
    {
        var (now, before) = TurnOver();
        now.TryRemove(id, out _);
        before.TryRemove(id, out _);
    }

    /// <summary>This turn's and the one before, as they belong together.</summary>
    private (ConcurrentDictionary<string, Lazy<Task<SlackReply>>> Now, ConcurrentDictionary<string, Lazy<Task<SlackReply>>> Before) TurnOver()
    {
        var now = clock.Now();
        lock (_turning)
        {
            if (now >= _until)
            {
                // Twice at once when it was quiet for so long.
                _before = now < _until + Turn ? _now : new();
                (_now, _until) = (new(), now + Turn);
            }

            return (_now, _before);
        }
    }
}
