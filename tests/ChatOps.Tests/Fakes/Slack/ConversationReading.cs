using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>conversations.*: what only reads.</summary>
internal static class ConversationReading
{
    private const string Span = "channel cursor include_all_metadata inclusive latest limit oldest";

    public static IReadOnlyList<ApiMethod> All { get; } =
    [
        new("conversations.list", ApiMethod.Tier2, null, "cursor exclude_archived limit team_id types", List) { TakesJson = false },
        new("conversations.info", ApiMethod.Tier3, null, "channel include_locale include_num_members", Info) { TakesJson = false },
        new("conversations.members", ApiMethod.Tier4, null, "channel cursor limit", Members) { TakesJson = false },
        new("conversations.history", ApiMethod.Tier3, null, Span, History) { TakesJson = false },
        new("conversations.replies", ApiMethod.Tier3, null, $"{Span} ts", Replies) { TakesJson = false },
    ];

    private static JsonObject List(ApiCall call)
    {
        var types = call.Ids("types") is { Count: > 0 } given ? given : ["public_channel"];
        foreach (var type in types)
        {
            call.Needs(type switch
            {
                "public_channel" => "channels:read",
                "private_channel" => "groups:read",
                "im" or "mpim" => $"{type}:read",
                _ => throw new Refusal("invalid_types", $"[ERROR] types: {type}"),
            });
        }

        var archivedToo = !call.Flag("exclude_archived");
        return call.Page("channels", [.. call.Workspace.Channels.All.Where(channel => types.Contains(channel.Type) && channel.SeenByBot && (archivedToo || !channel.Archived)).Select(channel => channel.ToJson(withCount: true))]);
    }

    private static JsonObject Info(ApiCall call)
    {
        var channel = call.Channel();
        call.Needs($"{channel.Family}:read");
        return new JsonObject { ["channel"] = channel.ToJson(call.Flag("include_num_members")) };
    }

    private static JsonObject Members(ApiCall call)
    {
        var channel = call.Channel();
        call.Needs($"{channel.Family}:read");
        return call.Page("members", [.. channel.Members.Order(StringComparer.Ordinal).Select(member => (JsonNode)member)]);
    }

    /// <summary>Newest first, without replies that stand in their threads only.</summary>
    private static JsonObject History(ApiCall call)
    {
        var channel = Readable(call);
        return Messages(call, call.Workspace.Messages.In(channel).Where(message => message.Thread is null || message.Broadcast).Reverse());
    }

    /// <summary>The parent, then its replies, oldest first.</summary>
    private static JsonObject Replies(ApiCall call)
    {
        var channel = Readable(call);
        var ts = call.Need("ts");
        var thread = call.Workspace.Messages.In(channel).Where(message => message.Ts == ts || message.Thread == ts).ToList();
        return thread.Count == 0 ? throw new Refusal("thread_not_found") : Messages(call, thread);
    }

    private static FakeChannel Readable(ApiCall call)
    {
        var channel = call.Channel();
        call.Needs($"{channel.Family}:history");
        return channel.HasBot ? channel : throw new Refusal("not_in_channel");
    }

    private static JsonObject Messages(ApiCall call, IEnumerable<FakeSlackMessage> messages)
    {
        var (oldest, latest, inclusive) = (Moment(call, "oldest") ?? 0, Moment(call, "latest") ?? decimal.MaxValue, call.Flag("inclusive"));
        var withMetadata = call.Flag("include_all_metadata");
        var found = messages.Where(message => decimal.Parse(message.Ts, CultureInfo.InvariantCulture) is var ts && ((ts > oldest && ts < latest) || (inclusive && (ts == oldest || ts == latest))));
        var page = call.Page("messages", [.. found.Select(message => message.ToJson(withMetadata))]);
        page["has_more"] = (string?)page["response_metadata"]!["next_cursor"] != "";
        return page;
    }

    private static decimal? Moment(ApiCall call, string name) => call.Text(name) is not { Length: > 0 } text ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var moment) ? moment
        : throw new Refusal(name == "oldest" ? "invalid_ts_oldest" : "invalid_ts_latest", $"[ERROR] {name}: {text}");
}
