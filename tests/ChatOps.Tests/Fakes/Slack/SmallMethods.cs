using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>auth, pins, reactions, bookmarks; and the door to Socket Mode.</summary>
internal static class SmallMethods
{
    /// <summary>
    /// Slack's documents say "1+" a minute for this one, and real apps open several sockets as they start: so many are let through, and a loop is not.
    /// </summary>
    private const int OpensAMinute = 20;

    public static IReadOnlyList<ApiMethod> All { get; } =
    [
        new("auth.test", ApiMethod.Hundreds, null, "", AuthTest),
        new("apps.connections.open", OpensAMinute, null, "", call => new JsonObject { ["url"] = call.Workspace.NewSocketUrl() }) { ByApp = true },
        new("pins.add", ApiMethod.Tier2, "pins:write", "channel timestamp", Pin),
        new("reactions.add", ApiMethod.Tier3, "reactions:write", "channel name timestamp", React),
        new("bookmarks.add", ApiMethod.Tier2, "bookmarks:write", "channel_id title type link emoji entity_id access_level parent_id", Bookmark),
    ];

    private static JsonObject AuthTest(ApiCall call) => new()
    {
        ["url"] = $"https://{Workspace.Domain}.slack.com/",
        ["team"] = "Acme",
        ["user"] = call.Workspace.Users[Workspace.BotUser].Name,
        ["team_id"] = Workspace.TeamId,
        ["user_id"] = Workspace.BotUser,
        ["bot_id"] = Workspace.BotId,
        ["is_enterprise_install"] = false,
    };

    private static FakeSlackMessage Message(ApiCall call) =>
        call.Workspace.Messages.Find(call.OwnChannel().Id, call.Need("timestamp")) is { OnlyFor: null } message ? message : throw new Refusal("message_not_found");

    private static JsonObject Pin(ApiCall call)
    {
        var message = Message(call);
        if (message.Pinned)
        {
            throw new Refusal("already_pinned");
        }

        call.Workspace.Messages.Change(message, now => now with { Pinned = true });
        return [];
    }

    private static JsonObject React(ApiCall call)
    {
        var name = call.Need("name");
        if (name.Any(letter => !(char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '_' or '-' or '+')))
        {
            throw new Refusal("invalid_name", $"[ERROR] name: {name} (without colons)");
        }

        var message = Message(call);
        if (message.Reactions.Contains((name, Workspace.BotUser)))
        {
            throw new Refusal("already_reacted");
        }

        call.Workspace.Messages.Change(message, now => now with { Reactions = [.. now.Reactions, (name, Workspace.BotUser)] });
        return [];
    }

    private static JsonObject Bookmark(ApiCall call)
    {
        var channel = call.OwnChannel("channel_id");
        if (call.Need("type") != "link")
        {
            throw new Refusal("invalid_bookmark_type", "[ERROR] type must be link");
        }

        var made = new JsonObject { ["id"] = $"Bk{channel.Bookmarks.Count + 1:D8}", ["channel_id"] = channel.Id, ["title"] = call.Need("title"), ["link"] = call.Need("link"), ["type"] = "link" };
        if (!Uri.TryCreate((string)made["link"]!, UriKind.Absolute, out _))
        {
            throw new Refusal("invalid_link", "[ERROR] link must be absolute");
        }

        channel.Bookmarks.Add(made);
        return new JsonObject { ["bookmark"] = made.DeepClone() };
    }
}
