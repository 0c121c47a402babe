using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Chat.Slack.Incoming;

namespace ChatOps.Chat.Slack.Setup;

/// <summary>The app as Slack makes it from a text ("Create New App, From a manifest"): nothing is left to be clicked together by hand.</summary>
internal static class SlackManifest
{
    private static readonly JsonSerializerOptions Plain = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="url">Where Slack reaches the bot, such as https://chatops.example.org; null: Socket Mode.</param>
    public static JsonObject Of(Uri? url) => new()
    {
        ["display_information"] = new JsonObject { ["name"] = "ChatOps", ["description"] = "Who is on call, alerts and incidents, where the team talks", ["background_color"] = "#1d2433" },
        ["features"] = new JsonObject
        {
            ["app_home"] = new JsonObject { ["home_tab_enabled"] = true, ["messages_tab_enabled"] = true, ["messages_tab_read_only_enabled"] = false },
            ["bot_user"] = new JsonObject { ["display_name"] = "ChatOps", ["always_online"] = true },
            ["shortcuts"] = List(SlackShortcuts.All.Select(shortcut => new JsonObject
            {
                ["name"] = shortcut.Value.Name,
                ["type"] = shortcut.Value.OfMessage ? "message" : "global",
                ["callback_id"] = shortcut.Key,
                ["description"] = shortcut.Value.Description,
            })),
            ["slash_commands"] = List(SlackNeeds.Commands.Select(command => With(
                url,
                "url",
                "slack/command",
                new JsonObject { ["command"] = $"/{command.Group}", ["description"] = command.Description, ["usage_hint"] = command.Hint, ["should_escape"] = false }))),
        },
        ["oauth_config"] = new JsonObject { ["scopes"] = new JsonObject { ["bot"] = List(SlackNeeds.Scopes.Select(needed => (JsonNode)needed.Scope)) } },
        ["settings"] = new JsonObject
        {
            ["event_subscriptions"] = With(url, "request_url", "slack/event", new JsonObject { ["bot_events"] = List(SlackNeeds.Events.Select(name => (JsonNode)name)) }),
            ["interactivity"] = With(url, "message_menu_options_url", "slack/options", With(url, "request_url", "slack/action", new JsonObject { ["is_enabled"] = true })),
            ["org_deploy_enabled"] = false,
            ["socket_mode_enabled"] = url is null,
            ["token_rotation_enabled"] = false,
        },
    };

    public static string Json(Uri? url) => Of(url).ToJsonString(Plain) + "\n";

    public static string Yaml(Uri? url)
    {
        var text = new StringBuilder("# Made by: chatops slack manifest. Paste it under https://api.slack.com/apps, Create New App, From a manifest.\n");
        Write(text, Of(url), 0);
        return text.ToString();
    }

    private static JsonObject With(Uri? url, string name, string path, JsonObject part)
    {
        if (url is not null)
        {
            part[name] = new Uri(new Uri(url.AbsoluteUri.TrimEnd('/') + "/"), path).AbsoluteUri;
        }

        return part;
    }

    private static JsonArray List(IEnumerable<JsonNode> items) => new([.. items]);

    /// <summary>Text in double quotes is the same in YAML as in JSON.</summary>
    private static void Write(StringBuilder text, JsonObject part, int depth, string first = "")
    {
        foreach (var (name, value) in part)
        {
            text.Append(first.Length > 0 ? first : new string(' ', depth)).Append(name).Append(':');
            first = "";
            switch (value)
            {
                case JsonObject inner:
                    text.Append('\n');
                    Write(text, inner, depth + 2);
                    break;
                case JsonArray list:
                    text.Append('\n');
                    foreach (var item in list)
                    {
                        var dash = new string(' ', depth + 2) + "- ";
                        if (item is JsonObject entry)
                        {
                            Write(text, entry, depth + 4, dash);
                        }
                        else
                        {
                            text.Append(dash).Append(item!.ToJsonString(Plain)).Append('\n');
                        }
                    }

                    break;
                default:
                    text.Append(' ').Append(value!.ToJsonString(Plain)).Append('\n');
                    break;
            }
        }
    }
}
