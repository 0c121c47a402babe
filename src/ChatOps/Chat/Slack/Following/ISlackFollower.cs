using ChatOps.Core.Leases;
using NodaTime;

namespace ChatOps.Chat.Slack.Following;

/// <summary>Keeps one thing in Slack equal to what we know. It is asked whenever something has changed and every minute, by one replica at a time, and writes only what is different.</summary>
internal interface ISlackFollower
{
    /// <summary>A word for the log and for what is remembered.</summary>
    string Name { get; }

    /// <summary>
    /// Looks, and writes when it has to. A <see cref="Api.SlackException"/> is tried again later; a refusal is told to the on-call channel once, in the words of <see cref="Why"/>.
    /// </summary>
    /// <returns>When to look again before the minute is over, or null.</returns>
    Task<Instant?> Follow(Tenure tenure);

    /// <summary>What an admin has to do about a refusal.</summary>
    string Why(Api.SlackException fault) => Setup.SlackTroubles.Of(fault);
}
