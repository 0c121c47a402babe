using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Chat.Slack.Following;

/// <summary>Something in Slack that follows what we know, as we left it.</summary>
/// <param name="Id">The follower's name: <c>topic</c>, <c>group</c>.</param>
internal sealed record SlackFollowed(string Id) : Document(Id), IStored<SlackFollowed>
{
    public static Collection<SlackFollowed> Collection { get; } = new("slack_followed");

    /// <summary>What was written last; null: nothing yet.</summary>
    public string? Wrote { get; init; }

    public Instant? At { get; init; }

    /// <summary>What the on-call channel was told does not work; null: it works.</summary>
    public string? Trouble { get; init; }
}
