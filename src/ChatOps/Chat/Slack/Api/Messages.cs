using System.Text.Json;
using ChatOps.Chat.Slack.Blocks;
using ChatOps.Chat.Slack.Incoming;

namespace ChatOps.Chat.Slack.Api;

/// <summary>What is sent and what comes back, as Slack's JSON names it.</summary>
internal sealed record NewMessage(string Channel, string Text, IReadOnlyList<Block> Blocks)
{
    public string? ThreadTs { get; init; }

    public bool? ReplyBroadcast { get; init; }

    public MessageMetadata? Metadata { get; init; }

    /// <summary>Links in our messages are for pressing, not for pictures of them.</summary>
    public bool UnfurlLinks { get; }

    public bool UnfurlMedia { get; }
}

internal sealed record ChangedMessage(string Channel, string Ts, string Text, IReadOnlyList<Block> Blocks)
{
    public MessageMetadata? Metadata { get; init; }
}

internal sealed record EphemeralMessage(string Channel, string User, string Text, IReadOnlyList<Block> Blocks)
{
    public string? ThreadTs { get; init; }
}

/// <summary>An answer over a response_url, or in the answer to a slash command.</summary>
internal sealed record ResponseMessage(string Text, IReadOnlyList<Block> Blocks)
{
    /// <summary>ephemeral: only the one who asked sees it.</summary>
    public string ResponseType { get; init; } = "ephemeral";

    public bool ReplaceOriginal { get; init; }
}

/// <summary>What only apps see of a message: our token, to find it again.</summary>
internal sealed record MessageMetadata(string EventType, MetadataPayload EventPayload)
{
    public static MessageMetadata Of(string token) => new("chatops_message", new MetadataPayload(token));
}

internal sealed record MetadataPayload(string Token);

internal sealed record PostedMessage(string Channel, string Ts);

internal sealed record HistoryMessage(string Ts)
{
    public string? Text { get; init; }

    public string? User { get; init; }

    public string? BotId { get; init; }

    public string? ThreadTs { get; init; }

    /// <summary>Any app's, in any shape.</summary>
    public JsonElement Metadata { get; init; }

    /// <summary>Our token, if it is a message of ours.</summary>
    public string? Token => Metadata.Text("event_payload", "token");
}

internal sealed record SlackIdentity(string TeamId, string UserId)
{
    public string? Team { get; init; }

    public string? User { get; init; }

    public string? BotId { get; init; }

    public string? Url { get; init; }

    /// <summary>The token's scopes, from the answer's header.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];
}

internal sealed record SlackChannel(string Id)
{
    public string? Name { get; init; }

    public bool IsMember { get; init; }

    public bool IsPrivate { get; init; }

    public bool IsArchived { get; init; }

    public SlackTopic? Topic { get; init; }
}

internal sealed record SlackTopic(string Value);

internal sealed record SlackUser(string Id)
{
    public string? Name { get; init; }

    public string? RealName { get; init; }

    public bool Deleted { get; init; }

    public bool IsBot { get; init; }

    /// <summary>The workspace that they belong to.</summary>
    public string? TeamId { get; init; }

    /// <summary>Somebody of another company, whom we see through a shared channel.</summary>
    public bool IsStranger { get; init; }

    /// <summary>A guest.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>A guest of one channel.</summary>
    public bool IsUltraRestricted { get; init; }

    /// <summary>IANA id.</summary>
    public string? Tz { get; init; }

    public SlackProfile? Profile { get; init; }

    /// <summary>All that they are called by.</summary>
    public IEnumerable<string> Names => new[] { Profile?.DisplayName, Profile?.RealName, RealName, Name }.OfType<string>().Where(name => name.Length > 0);

    /// <summary>How they call themselves.</summary>
    public string ShownName => Profile?.DisplayName is { Length: > 0 } shown ? shown : RealName is { Length: > 0 } real ? real : Name ?? Id;
}

internal sealed record SlackProfile
{
    public string? DisplayName { get; init; }

    public string? RealName { get; init; }

    public string? Email { get; init; }
}

internal sealed record SlackGroup(string Id, string Handle)
{
    public string? Name { get; init; }

    /// <summary>Unix seconds; 0: it is enabled.</summary>
    public long DateDelete { get; init; }
}

internal sealed record OpenedView(string Id)
{
    public string? Hash { get; init; }
}
