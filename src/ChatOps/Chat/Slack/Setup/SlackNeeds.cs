namespace ChatOps.Chat.Slack.Setup;

/// <summary>What the app asks a workspace for, and why: the manifest, <c>check</c> and docs/slack.md are made from or held to these lists. A call that needs another scope adds it here.</summary>
internal static class SlackNeeds
{
    /// <summary>The app-level token's one scope, for Socket Mode.</summary>
    public const string AppScope = "connections:write";

    /// <summary>The bot token's scopes, and what does not work without each.</summary>
    public static IReadOnlyList<(string Scope, string For)> Scopes { get; } =
    [
        ("app_mentions:read", "answering when somebody writes its name in a channel"),
        ("channels:history", "finding a message that was posted while Slack's answer got lost, so that it is not posted twice"),
        ("channels:join", "coming into public channels by itself"),
        ("channels:manage", "the on-call channel's topic, and channels for incidents"),
        ("channels:read", "finding channels by their names"),
        ("chat:write", "posting and changing its messages"),
        ("chat:write.public", "posting into public channels that it is not in"),
        ("commands", "slash commands and shortcuts"),
        ("files:write", "published post-mortems and the pictures of digests as files"),
        ("groups:history", "the same as channels:history, in private channels"),
        ("groups:read", "finding private channels that it was invited to"),
        ("groups:write", "the topic of a private on-call channel"),
        ("im:history", "hearing what somebody writes to it directly"),
        ("im:write", "telling somebody something directly"),
        ("pins:write", "pinning an incident's card in the incident's channel"),
        ("reactions:read", "noting pinned messages in an incident's timeline"),
        ("usergroups:read", "finding the user group of those on call"),
        ("usergroups:write", "setting the user group of those on call"),
        ("users:read", "people's names and time zones, and who has left"),
        ("users:read.email", "knowing that somebody here and on another platform are one person"),
    ];

    /// <summary>The events that it listens to.</summary>
    public static IReadOnlyList<string> Events { get; } =
    [
        "app_home_opened", "app_mention", "channel_archive", "channel_created", "channel_deleted", "channel_rename", "channel_unarchive", "group_rename", "member_joined_channel",
        "message.im", "reaction_added", "user_change",
    ];

    /// <summary>The slash commands: the first words of all commands. A test holds them to the commands there are.</summary>
    public static IReadOnlyList<(string Group, string Description, string Hint)> Commands { get; } =
    [
        ("alert", "Acknowledge, resolve, silence and look at alerts", "list | ack A-12 | resolve A-12 | help"),
        ("incident", "Declare an incident and follow it to its end", "start | list | note I-3 TEXT | resolve I-3 | help"),
        ("oncall", "Who is on call; sign up, leave, hand over, page", "who | join | mine | schedule | page TEXT | help"),
        ("postmortem", "Write and publish post-mortems", "start I-3 | edit P-3 | publish P-3 | help"),
        ("reports", "Bug reports, their clock and their issues", "list | take R-7 | issue R-7 | done R-7 WHY | help"),
        ("watch", "Watched contracts, their transactions and the rules", "list | tx T-5 | add | rule | import | help"),
    ];
}
