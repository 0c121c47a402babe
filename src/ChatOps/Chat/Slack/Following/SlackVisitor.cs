using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Chat.Slack.Following;

/// <summary>Somebody who has opened their home tab: it is kept as it should be from then on.</summary>
/// <param name="Id">The Slack user.</param>
/// <param name="Person">Our person.</param>
/// <param name="CameAt">When they opened it last.</param>
internal sealed record SlackVisitor(string Id, string Person, Instant CameAt) : Document(Id), IStored<SlackVisitor>
{
    public static Index<SlackVisitor> Came { get; } = new("came", visitor => $"{Keys.At(visitor.CameAt)}|{visitor.Id}");

    public static Collection<SlackVisitor> Collection { get; } = new("slack_visitors", Came);

    /// <summary>The hash of what stands there.</summary>
    public string? Hash { get; init; }

    public Instant? DrawnAt { get; init; }
}
