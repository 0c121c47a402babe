using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>chat.*: messages come, change and go.</summary>
internal static class ChatMethods
{
    private const int LongestText = 40_000;
    private const string Written = "channel text blocks thread_ts link_names parse";

    public static IReadOnlyList<ApiMethod> All { get; } =
    [
        new("chat.postMessage", ApiMethod.Hundreds, "chat:write", $"{Written} metadata reply_broadcast unfurl_links unfurl_media mrkdwn", Post),
        new("chat.update", ApiMethod.Tier3, "chat:write", "channel ts text blocks link_names parse metadata reply_broadcast", Update),
        new("chat.delete", ApiMethod.Tier3, "chat:write", "channel ts", Delete),
        new("chat.postEphemeral", ApiMethod.Tier4, "chat:write", $"{Written} user", PostEphemeral),
        new("chat.getPermalink", ApiMethod.Hundreds, null, "channel message_ts", GetPermalink) { TakesJson = false },
        new("chat.scheduleMessage", ApiMethod.Tier3, "chat:write", $"{Written} metadata reply_broadcast post_at unfurl_links unfurl_media", Schedule),
    ];

    /// <summary>The text and blocks of a call, checked.</summary>
    public static (string Text, JsonArray? Blocks) Content(ApiCall call)
    {
        var text = call.Text("text") ?? "";
        var blocks = call.List("blocks");
        if (text.Length == 0 && blocks is not { Count: > 0 })
        {
            throw new Refusal("no_text", "[ERROR] neither text nor blocks");
        }

        if (text.Length == 0)
        {
            // Slack takes it, but a notification and a screen reader then have nothing to say.
            call.Workspace.IsInvalid(call.Method, "blocks without text");
        }

        if (text.Length > LongestText)
        {
            throw new Refusal("msg_too_long", $"[ERROR] {text.Length} characters");
        }

        BlockKit.CheckMessage(blocks);
        return (text, blocks is { Count: > 0 } ? blocks : null);
    }

    private static JsonObject Post(ApiCall call)
    {
        var message = call.Workspace.Messages.Add(Drafted(call, Target(call)));
        return new JsonObject { ["channel"] = message.Channel, ["ts"] = message.Ts, ["message"] = message.ToJson() };
    }

    /// <summary>Where it goes: a conversation's id, a channel's name, or a person, who is told directly.</summary>
    private static FakeChannel Target(ApiCall call)
    {
        var given = call.Need("channel");
        var workspace = call.Workspace;
        var channel = workspace.Users.All.Any(user => user.Id == given) ? workspace.Channels.Direct(given)
            : workspace.Channels.All.FirstOrDefault(each => each.SeenByBot && !each.IsDirect && each.Name == given.TrimStart('#')) ?? call.Channel();
        return channel switch
        {
            { Archived: true } => throw new Refusal("is_archived"),
            { HasBot: false } when !workspace.Scopes.Contains("chat:write.public") => throw new Refusal("not_in_channel"),
            _ => channel,
        };
    }

    private static FakeSlackMessage Drafted(ApiCall call, FakeChannel channel)
    {
        var (text, blocks) = Content(call);
        return new FakeSlackMessage(call.Workspace, channel.Id, Workspace.BotUser, text)
        {
            Blocks = blocks,
            Thread = ThreadOf(call, channel),
            Broadcast = call.Flag("reply_broadcast"),
            Metadata = MetadataOf(call),
        };
    }

    private static string? ThreadOf(ApiCall call, FakeChannel channel)
    {
        if (call.Text("thread_ts") is not { Length: > 0 } thread)
        {
            return call.Flag("reply_broadcast") ? throw new Refusal("invalid_arguments", "[ERROR] reply_broadcast without thread_ts") : null;
        }

        var parent = call.Workspace.Messages.All.FirstOrDefault(message => message.Channel == channel.Id && message.Ts == thread && message.OnlyFor is null);
        return parent switch
        {
            null => throw new Refusal("cannot_reply_to_message", $"[ERROR] thread_ts {thread} is no message of the channel"),
            { Thread: not null } => throw new Refusal("cannot_reply_to_message", $"[ERROR] thread_ts {thread} is a reply: take its parent's"),
            _ => thread,
        };
    }

    private static JsonObject? MetadataOf(ApiCall call)
    {
        if (call.Map("metadata") is not { } metadata)
        {
            return null;
        }

        return metadata["event_type"] is not JsonValue || metadata["event_payload"] is not JsonObject || metadata.Count != 2
            ? throw new Refusal("invalid_metadata_format", "[ERROR] metadata must be {event_type, event_payload}")
            : metadata;
    }

    /// <summary>A message that the bot may change.</summary>
    private static FakeSlackMessage Own(ApiCall call, string refusal)
    {
        var channel = call.Channel();
        var message = call.Workspace.Messages.Find(channel.Id, call.Need("ts"));
        return message is null or { OnlyFor: not null } ? throw new Refusal("message_not_found")
            : message.User != Workspace.BotUser || message.Subtype is not null ? throw new Refusal(refusal)
            : channel.Archived ? throw new Refusal("is_archived")
            : message;
    }

    private static JsonObject Update(ApiCall call)
    {
        var message = Own(call, "cant_update_message");
        if (call.Workspace.EditWindow is { } window && call.Workspace.Clock.GetUtcNow() - message.At > window)
        {
            throw new Refusal("edit_window_closed");
        }

        var (text, blocks) = Content(call);
        var metadata = MetadataOf(call);
        var changed = call.Workspace.Messages.Change(message, now => now with { Text = text, Blocks = blocks, Metadata = metadata ?? now.Metadata, Edits = now.Edits + 1 });
        return new JsonObject { ["channel"] = changed.Channel, ["ts"] = changed.Ts, ["text"] = changed.Text, ["message"] = changed.ToJson() };
    }

    private static JsonObject Delete(ApiCall call)
    {
        var message = Own(call, "cant_delete_message");
        call.Workspace.Messages.Change(message, now => now with { Deleted = true });
        return new JsonObject { ["channel"] = message.Channel, ["ts"] = message.Ts };
    }

    private static JsonObject PostEphemeral(ApiCall call)
    {
        var channel = call.OwnChannel();
        var user = call.User("user");
        if (!channel.Members.Contains(user.Id))
        {
            throw new Refusal("user_not_in_channel");
        }

        return new JsonObject { ["message_ts"] = call.Workspace.Messages.Add(Drafted(call, channel) with { OnlyFor = user.Id }).Ts };
    }

    private static JsonObject GetPermalink(ApiCall call)
    {
        var channel = call.Channel();
        var message = call.Workspace.Messages.Find(channel.Id, call.Need("message_ts")) ?? throw new Refusal("message_not_found");
        return new JsonObject { ["channel"] = channel.Id, ["permalink"] = $"https://{Workspace.Domain}.slack.com/archives/{channel.Id}/p{message.Ts.Replace(".", "", StringComparison.Ordinal)}" };
    }

    private static JsonObject Schedule(ApiCall call)
    {
        var message = Drafted(call, Target(call));
        if (!long.TryParse(call.Need("post_at"), NumberStyles.None, CultureInfo.InvariantCulture, out var at))
        {
            throw new Refusal("invalid_time", "[ERROR] post_at must be Unix seconds");
        }

        var wait = DateTimeOffset.FromUnixTimeSeconds(at) - call.Workspace.Clock.GetUtcNow();
        if (wait <= TimeSpan.Zero || wait > TimeSpan.FromDays(120))
        {
            throw new Refusal(wait <= TimeSpan.Zero ? "time_in_past" : "time_too_far");
        }

        // Slack's own documents: a scheduled message with metadata is accepted and never posted.
        if (message.Metadata is null)
        {
            _ = Later(call.Workspace, message, wait);
        }

        return new JsonObject { ["channel"] = message.Channel, ["scheduled_message_id"] = $"Q{at}", ["post_at"] = at, ["message"] = message.ToJson() };
    }

    private static async Task Later(Workspace workspace, FakeSlackMessage message, TimeSpan wait)
    {
        await Task.Delay(wait, workspace.Clock);
        workspace.Messages.Add(message);
    }
}
