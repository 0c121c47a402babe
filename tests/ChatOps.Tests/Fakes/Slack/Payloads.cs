using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Slack's payloads, field by field.</summary>
internal sealed class Payloads(Workspace workspace)
{
    private const string VerificationToken = "deprecated-token";

    private int _events;
    private int _moments;

    public JsonObject Command(FakeUser user, FakeChannel channel, string command, string text) => new()
    {
        ["token"] = VerificationToken,
        ["team_id"] = Workspace.TeamId,
        ["team_domain"] = Workspace.Domain,
        ["channel_id"] = channel.Id,
        ["channel_name"] = (string)channel.InPayload()["name"]!,
        ["user_id"] = user.Id,
        ["user_name"] = user.Name,
        ["command"] = command,
        ["text"] = text,
        ["api_app_id"] = Workspace.AppId,
        ["is_enterprise_install"] = "false",
        ["response_url"] = workspace.ResponseUrls.New(user, channel),
        ["trigger_id"] = workspace.Triggers.Give(user.Id),
    };

    /// <summary>Something in a message was pressed or chosen.</summary>
    public JsonObject Action(FakeUser user, FakeSlackMessage message, FakeButton button, string? chosen)
    {
        var channel = workspace.Channels.ById(message.Channel)!;
        var payload = InMessage(Interactive("block_actions", user), message, channel);
        payload["trigger_id"] = workspace.Triggers.Give(user.Id);
        payload["response_url"] = workspace.ResponseUrls.New(user, channel, message);
        payload["state"] = new JsonObject { ["values"] = Values(button, chosen) };
        payload["actions"] = new JsonArray(Pressed(button, chosen));
        return payload;
    }

    public JsonObject Action(FakeUser user, FakeView view, FakeButton button, string? chosen)
    {
        var payload = InView(Interactive("block_actions", user), view, Values(button, chosen));
        payload["trigger_id"] = workspace.Triggers.Give(user.Id, view);
        payload["actions"] = new JsonArray(Pressed(button, chosen));
        return payload;
    }

    public JsonObject Submission(FakeView view, JsonObject values)
    {
        var user = workspace.Users[view.User];
        var payload = Interactive("view_submission", user);
        payload["trigger_id"] = workspace.Triggers.Give(user.Id, view);
        payload["view"] = view.ToJson(values);
        payload["response_urls"] = new JsonArray();
        return payload;
    }

    public JsonObject Closed(FakeView view, bool wholePile)
    {
        var payload = Interactive("view_closed", workspace.Users[view.User]);
        payload["view"] = view.ToJson();
        payload["is_cleared"] = wholePile;
        return payload;
    }

    public JsonObject Shortcut(FakeUser user, string callback)
    {
        var payload = Interactive("shortcut", user);
        payload["action_ts"] = Moment();
        payload["callback_id"] = callback;
        payload["trigger_id"] = workspace.Triggers.Give(user.Id);
        return payload;
    }

    public JsonObject MessageShortcut(FakeUser user, FakeSlackMessage message, string callback)
    {
        var channel = workspace.Channels.ById(message.Channel)!;
        var payload = Interactive("message_action", user);
        payload["action_ts"] = Moment();
        payload["callback_id"] = callback;
        payload["trigger_id"] = workspace.Triggers.Give(user.Id);
        payload["response_url"] = workspace.ResponseUrls.New(user, channel, message);
        payload["message_ts"] = message.Ts;
        payload["channel"] = channel.InPayload();
        payload["message"] = message.ToJson(withMetadata: false);
        return payload;
    }

    public JsonObject Question(FakeView view, FakeButton select, string typed) =>
        Asked(InView(Interactive("block_suggestion", workspace.Users[view.User]), view, []), select, typed);

    public JsonObject Question(FakeUser user, FakeSlackMessage message, FakeButton select, string typed) =>
        Asked(InMessage(Interactive("block_suggestion", user), message, workspace.Channels.ById(message.Channel)!), select, typed);

    public JsonObject Event(JsonObject inner, string? id)
    {
        var happened = (JsonObject)inner.DeepClone();
        happened["event_ts"] ??= (string?)happened["ts"] ?? Moment();
        return new JsonObject
        {
            ["token"] = VerificationToken,
            ["team_id"] = Workspace.TeamId,
            ["context_team_id"] = Workspace.TeamId,
            ["context_enterprise_id"] = null,
            ["api_app_id"] = Workspace.AppId,
            ["event"] = happened,
            ["type"] = "event_callback",
            ["event_id"] = id ?? $"Ev{Interlocked.Increment(ref _events):D8}",
            ["event_time"] = workspace.Now(),
            ["authorizations"] = new JsonArray(new JsonObject
            {
                ["enterprise_id"] = null,
                ["team_id"] = Workspace.TeamId,
                ["user_id"] = Workspace.BotUser,
                ["is_bot"] = true,
                ["is_enterprise_install"] = false,
            }),
            ["is_ext_shared_channel"] = false,
            ["event_context"] = "4-fake",
        };
    }

    private string Moment() => $"{workspace.Now()}.{Interlocked.Increment(ref _moments):D6}";

    private static JsonObject Interactive(string type, FakeUser user) => new()
    {
        ["type"] = type,
        ["user"] = user.InPayload(),
        ["api_app_id"] = Workspace.AppId,
        ["token"] = VerificationToken,
        ["team"] = new JsonObject { ["id"] = Workspace.TeamId, ["domain"] = Workspace.Domain },
        ["enterprise"] = null,
        ["is_enterprise_install"] = false,
    };

    /// <summary>A message that one person alone sees is named, but not shown.</summary>
    private static JsonObject InMessage(JsonObject payload, FakeSlackMessage message, FakeChannel channel)
    {
        payload["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = message.Ts, ["channel_id"] = message.Channel, ["is_ephemeral"] = message.OnlyFor is not null };
        if (message.Thread is { } thread)
        {
            payload["container"]!["thread_ts"] = thread;
        }

        payload["channel"] = channel.InPayload();
        if (message.OnlyFor is null)
        {
            payload["message"] = message.ToJson(withMetadata: false);
        }

        return payload;
    }

    private static JsonObject InView(JsonObject payload, FakeView view, JsonObject values)
    {
        payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Id };
        payload["view"] = view.ToJson(values);
        return payload;
    }

    private static JsonObject Asked(JsonObject payload, FakeButton select, string typed)
    {
        payload["action_id"] = select.ActionId;
        payload["block_id"] = select.BlockId;
        payload["value"] = typed;
        return payload;
    }

    private JsonObject Pressed(FakeButton button, string? chosen)
    {
        var action = button.Type == "button" ? (JsonObject)button.Element.DeepClone() : InputValues.Of(workspace, button.Element, chosen);
        foreach (var unsent in new[] { "confirm", "accessibility_label" })
        {
            action.Remove(unsent);
        }

        action["action_id"] = button.ActionId;
        action["block_id"] = button.BlockId;
        action["action_ts"] = Moment();
        return action;
    }

    private JsonObject Values(FakeButton button, string? chosen) => button.Type is "button" or "overflow"
        ? []
        : new JsonObject { [button.BlockId] = new JsonObject { [button.ActionId] = InputValues.Of(workspace, button.Element, chosen) } };
}
