using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Chat.Slack.Following;

/// <summary>An incident's own channel. It is stored with its name before the channel is made, so that after a crash the channel is looked for and not made twice.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Name">The channel's name, which Slack may have refused once or twice before.</param>
internal sealed record SlackRoom(string Id, string Name) : Document(Id), IStored<SlackRoom>
{
    // Slack's.
    private const int LongestName = 80;

    /// <summary>Those that are not archived.</summary>
    public static Index<SlackRoom> Standing { get; } = new("standing", room => room.ArchivedAt is null ? room.Id : null);

    public static Index<SlackRoom> ByChannel { get; } = new("channel", room => room.Channel);

    public static Collection<SlackRoom> Collection { get; } = new("slack_rooms", Standing, ByChannel);

    /// <summary>Its id, once it is there.</summary>
    public string? Channel { get; init; }

    public string? Topic { get; init; }

    /// <summary>Users who were invited: nobody is twice, whoever left stays away.</summary>
    public IReadOnlyList<string> Invited { get; init; } = [];

    /// <summary>The card's timestamp.</summary>
    public string? Card { get; init; }

    /// <summary>The hash of the card that stands there.</summary>
    public string? Hash { get; init; }

    public bool Pinned { get; init; }

    public Instant? ArchivedAt { get; init; }

    /// <summary>I-3 and "Mail servers: down!" are inc-3-mail-servers-down. Slack takes small letters, digits and dashes.</summary>
    public static string NameFor(string incident, string title, int attempt = 1)
    {
        var words = new string([.. title.ToLowerInvariant().Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign : '-')]).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var tail = attempt == 1 ? "" : $"-{attempt}";
        var name = string.Join('-', ["inc", incident.Split('-')[^1], .. words]);
        return name[..Math.Min(name.Length, LongestName - tail.Length)].TrimEnd('-') + tail;
    }
}
