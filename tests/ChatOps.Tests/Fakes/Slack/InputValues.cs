using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>What a person wrote or chose, in the shape that each element gives it.</summary>
internal static class InputValues
{
    /// <summary>An element's value.</summary>
    /// <param name="workspace">Where people and channels are looked up by name.</param>
    /// <param name="element">The element.</param>
    /// <param name="value">The text, an option's value, a name, a date …; several with commas between them; null for nothing.</param>
    public static JsonObject Of(Workspace workspace, JsonObject element, string? value)
    {
        var type = (string)element["type"]!;
        var (field, chosen) = type switch
        {
            "plain_text_input" or "number_input" or "email_text_input" or "url_text_input" => ("value", (JsonNode?)Written(element, value)),
            "datepicker" => ("selected_date", value),
            "timepicker" => ("selected_time", value),
            "datetimepicker" => ("selected_date_time", value is null ? null : long.Parse(value, CultureInfo.InvariantCulture)),
            "users_select" => ("selected_user", value is null ? null : workspace.Users[value].Id),
            "channels_select" => ("selected_channel", value is null ? null : workspace.Channels[value].Id),
            "conversations_select" => ("selected_conversation", value is null ? null : workspace.Channels[value].Id),
            "multi_users_select" => ("selected_users", Several(value, each => workspace.Users[each].Id)),
            "multi_channels_select" => ("selected_channels", Several(value, each => workspace.Channels[each].Id)),
            "multi_conversations_select" => ("selected_conversations", Several(value, each => workspace.Channels[each].Id)),
            "checkboxes" or "multi_static_select" or "multi_external_select" => ("selected_options", Several(value, each => Option(element, each))),
            "static_select" or "external_select" or "radio_buttons" or "overflow" => ("selected_option", value is null ? null : Option(element, value)),
            _ => throw new InvalidOperationException($"Nothing can be chosen in a {type}."),
        };
        return new JsonObject { ["type"] = type, [field] = chosen };
    }

    /// <summary>What stands in an element before anybody touches it, as <see cref="Of"/> takes it.</summary>
    public static string? Initial(JsonObject element)
    {
        var initial = element.FirstOrDefault(field => field.Key.StartsWith("initial_", StringComparison.Ordinal)).Value;
        return initial switch
        {
            null => null,
            JsonArray several => string.Join(',', several.Select(each => each is JsonObject option ? (string)option["value"]! : (string)each!)),
            JsonObject option => (string)option["value"]!,
            _ => initial.ToString(),
        };
    }

    private static string? Written(JsonObject element, string? value)
    {
        if (value is not null && (int?)element["max_length"] < value.Length)
        {
            throw new InvalidOperationException($"Slack lets nobody write more than {element["max_length"]} characters here.");
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static JsonArray Several(string? value, Func<string, JsonNode> each) =>
        new([.. (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(each)]);

    private static JsonObject Option(JsonObject element, string value)
    {
        if (((string)element["type"]!).Contains("external", StringComparison.Ordinal))
        {
            return new JsonObject { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = value, ["emoji"] = true }, ["value"] = value };
        }

        var options = (element["options"] as JsonArray ?? []).Concat((element["option_groups"] as JsonArray ?? []).SelectMany(group => group!["options"]!.AsArray()));
        return options.FirstOrDefault(option => (string)option!["value"]! == value)?.DeepClone().AsObject() ?? throw new InvalidOperationException($"{value} is not among the choices.");
    }
}
