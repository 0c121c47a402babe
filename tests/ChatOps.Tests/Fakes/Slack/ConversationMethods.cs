using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>conversations.*: what changes something.</summary>
internal static class ConversationMethods
{
    private const int LongestTopic = 250;

    public static IReadOnlyList<ApiMethod> All { get; } =
    [
        new("conversations.join", ApiMethod.Tier3, "channels:join", "channel", Join),
        new("conversations.create", ApiMethod.Tier2, null, "name is_private team_id", Create),
        new("conversations.invite", ApiMethod.Tier3, null, "channel users force", Invite),
        new("conversations.setTopic", ApiMethod.Tier2, null, "channel topic", SetTopic),
        new("conversations.archive", ApiMethod.Tier2, null, "channel", Archive),
        new("conversations.open", ApiMethod.Tier3, null, "channel users return_im prevent_creation", Open),
    ];

    private static void NeedsToManage(ApiCall call, FakeChannel channel) => call.Needs(channel.Type == "public_channel" ? "channels:manage" : "groups:write");

    private static JsonObject Join(ApiCall call)
    {
        var channel = call.Channel();
        if (channel.Archived)
        {
            throw new Refusal("is_archived");
        }

        if (channel.Type != "public_channel")
        {
            throw new Refusal("method_not_supported_for_channel_type");
        }

        var answer = new JsonObject();
        if (!channel.Members.Add(Workspace.BotUser))
        {
            answer["warning"] = "already_in_channel";
        }

        answer["channel"] = channel.ToJson();
        return answer;
    }

    private static JsonObject Create(ApiCall call)
    {
        var isPrivate = call.Flag("is_private");
        call.Needs(isPrivate ? "groups:write" : "channels:manage");
        var name = call.Text("name") ?? "";
        var refusal = name.Length == 0 ? "invalid_name_required"
            : name.Length > 80 ? "invalid_name_maxlength"
            : !name.Any(char.IsLetterOrDigit) ? "invalid_name_punctuation"
            : name.Any(letter => !(char.IsLetterOrDigit(letter) || letter is '-' or '_') || char.IsUpper(letter)) ? "invalid_name_specials"
            : null;
        if (refusal is not null)
        {
            throw new Refusal(refusal, $"[ERROR] name: {name}");
        }

        // Archived channels keep their names.
        if (call.Workspace.Channels.All.Any(channel => channel.Name == name))
        {
            throw new Refusal("name_taken");
        }

        return new JsonObject { ["channel"] = call.Workspace.Channels.Add(name, isPrivate).ToJson() };
    }

    private static JsonObject Invite(ApiCall call)
    {
        var channel = call.OwnChannel();
        NeedsToManage(call, channel);
        var ids = call.Ids("users");
        if (ids.Count == 0)
        {
            throw new Refusal("no_user", "[ERROR] missing required field: users");
        }

        var refused = ids.Select(id => (Id: id, Error: WhyNot(call.Workspace, channel, id))).Where(each => each.Error is not null).ToList();
        if (refused.Count > 0 && !(call.Flag("force") && refused.Count < ids.Count))
        {
            throw new Refusal(refused[0].Error!);
        }

        channel.Members.UnionWith(ids.Except(refused.Select(each => each.Id)));
        return new JsonObject { ["channel"] = channel.ToJson() };
    }

    private static string? WhyNot(Workspace workspace, FakeChannel channel, string id) =>
        id == Workspace.BotUser ? "cant_invite_self"
        : workspace.Users.All.FirstOrDefault(user => user.Id == id) is not { Deleted: false } ? "user_not_found"
        : channel.Members.Contains(id) ? "already_in_channel"
        : null;

    private static JsonObject SetTopic(ApiCall call)
    {
        var channel = call.OwnChannel();
        NeedsToManage(call, channel);
        var topic = call.Text("topic") ?? throw new Refusal("invalid_arguments", "[ERROR] missing required field: topic");
        if (topic.Length > LongestTopic)
        {
            throw new Refusal("too_long", $"[ERROR] topic has {topic.Length} characters");
        }

        channel.Topic = topic;
        channel.TopicChanges++;
        call.Workspace.Messages.Add(new FakeSlackMessage(call.Workspace, channel.Id, Workspace.BotUser, $"set the channel topic: {topic}") { Subtype = "channel_topic" });
        return new JsonObject { ["channel"] = channel.ToJson() };
    }

    private static JsonObject Archive(ApiCall call)
    {
        var channel = call.Channel();
        NeedsToManage(call, channel);
        channel.Archived = channel switch
        {
            { Archived: true } => throw new Refusal("already_archived"),
            { Name: "general" } => throw new Refusal("cant_archive_general"),
            { HasBot: false } => throw new Refusal("not_in_channel"),
            _ => true,
        };
        return [];
    }

    private static JsonObject Open(ApiCall call)
    {
        if (call.Text("channel") is { Length: > 0 })
        {
            return Opened(call, call.Channel());
        }

        var users = call.Ids("users");
        if (users.Count == 0)
        {
            throw new Refusal("users_list_not_supplied", "[ERROR] neither channel nor users");
        }

        call.Needs(users.Count == 1 ? "im:write" : "mpim:write");
        foreach (var user in users)
        {
            var found = call.Workspace.Users.All.FirstOrDefault(each => each.Id == user) ?? throw new Refusal("user_not_found");
            if (found.Deleted)
            {
                throw new Refusal("user_disabled");
            }
        }

        return Opened(call, call.Workspace.Channels.Direct([.. users]));
    }

    private static JsonObject Opened(ApiCall call, FakeChannel channel) => new() { ["channel"] = call.Flag("return_im") ? channel.ToJson() : new JsonObject { ["id"] = channel.Id } };
}
