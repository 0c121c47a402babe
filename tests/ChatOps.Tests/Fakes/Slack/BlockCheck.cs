using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Looks at JSON as Block Kit does, and notes all that is wrong with it, with a pointer to the place.</summary>
internal sealed class BlockCheck
{
    private readonly List<string> _wrong = [];

    public IReadOnlyList<string> Wrong => _wrong;

    public void Say(string what, string at) => _wrong.Add($"[ERROR] {what} [json-pointer:{at}]");

    public void Blocks(JsonArray blocks, string at, int most)
    {
        AtMost(blocks, most, at);
        var names = new HashSet<string>();
        for (var i = 0; i < blocks.Count; i++)
        {
            if (Typed(blocks[i], BlockShapes.Blocks, $"{at}/{i}") is not { } block)
            {
                continue;
            }

            if ((string?)block["block_id"] is { } name && !names.Add(name))
            {
                Say($"block_id already exists: {name}", $"{at}/{i}/block_id");
            }

            ActionIds(block, $"{at}/{i}");
            switch ((string?)block["type"])
            {
                case "section" when block["text"] is null && block["fields"] is null:
                    Say("must have text or fields", $"{at}/{i}");
                    break;
                case "image" when block["image_url"] is null == block["slack_file"] is null:
                    Say("must have image_url or slack_file", $"{at}/{i}");
                    break;
            }
        }
    }

    /// <summary>Fields: none missing, none unknown, each of its kind and size.</summary>
    public void Shaped(JsonObject node, Shape shape, string at)
    {
        foreach (var field in shape.Fields.Where(field => field.Required && node[field.Name] is null))
        {
            Say($"missing required field: {field.Name}", at);
        }

        foreach (var (name, value) in node)
        {
            if (shape.Fields.FirstOrDefault(field => field.Name == name) is not { } field)
            {
                Say($"unknown field: {name}", at);
            }
            else if (value is null)
            {
                Say($"must not be null: {name}", at);
            }
            else
            {
                Field(field, value, $"{at}/{name}");
            }
        }
    }

    private void Field(ShapeField field, JsonNode value, string at)
    {
        var text = value is JsonValue plain && plain.TryGetValue<string>(out var found) ? found : null;
        switch (field.Kind)
        {
            case "s" or "e":
                Sized(text, field.Kind == "s" ? 1 : 0, field.Most, at);
                break;
            case "plain" or "text":
                TextObject(value, field.Kind == "plain", field.Most, at);
                break;
            case "bool" when value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False):
                Say("must be true or false", at);
                break;
            case "number" when value.GetValueKind() != JsonValueKind.Number:
                Say("must be a number", at);
                break;
            case "enum" when !field.Inside.Split('|').Contains(text):
                Say($"must be one of {field.Inside}", at);
                break;
            case "date" when !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _):
            case "time" when !TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _):
                Say($"must be a {field.Kind}", at);
                break;
            case "confirm":
                Each(new JsonArray(value.DeepClone()), 1, at, (node, place) => Shaped(node, BlockShapes.Confirm, place));
                break;
            case "option":
                Each(new JsonArray(value.DeepClone()), 1, at, (node, place) => Shaped(node, BlockShapes.Choice, place));
                break;
            case "options" or "choices":
                Each(value, field.Most, at, (node, place) => Shaped(node, field.Kind == "options" ? BlockShapes.Option : BlockShapes.Choice, place));
                break;
            case "groups":
                Each(value, field.Most, at, (node, place) => Shaped(node, BlockShapes.OptionGroup, place));
                break;
            case "fields":
                Each(value, field.Most, at, (node, place) => TextObject(node, false, 2000, place));
                break;
            case "element":
                Element(value, field.Inside, at);
                break;
            case "elements":
                Each(value, field.Most, at, (node, place) => Element(node, field.Inside, place));
                break;
        }
    }

    private void Element(JsonNode? node, string place, string at)
    {
        if (place == "context" && (string?)(node as JsonObject)?["type"] is "mrkdwn" or "plain_text")
        {
            TextObject(node!, false, 3000, at);
            return;
        }

        if (Typed(node, BlockShapes.Elements, at) is not { } element)
        {
            return;
        }

        var type = (string)element["type"]!;
        if (!BlockShapes.Elements[type].Places.Contains(place))
        {
            Say($"{type} cannot stand in {place}", at);
        }

        if (type is "static_select" or "multi_static_select" && element["options"] is null == element["option_groups"] is null)
        {
            Say("must have options or option_groups", at);
        }

        var choices = (element["options"] as JsonArray ?? []).Concat((element["option_groups"] as JsonArray ?? []).SelectMany(group => group?["options"] as JsonArray ?? [])).ToList();
        var first = (element["initial_options"] as JsonArray ?? []).Append(element["initial_option"]).Where(option => option is not null);
        if (choices.Count > 0 && first.Any(option => !choices.Exists(choice => JsonNode.DeepEquals(choice, option))))
        {
            Say("the initial option is none of the options", at);
        }
    }

    private JsonObject? Typed(JsonNode? node, IReadOnlyDictionary<string, Shape> shapes, string at)
    {
        if (node is not JsonObject element || (string?)element["type"] is not { } type)
        {
            Say("missing required field: type", at);
            return null;
        }

        if (!shapes.TryGetValue(type, out var shape))
        {
            Say($"unsupported type: {type}", at);
            return null;
        }

        Shaped(element, shape, at);
        return element;
    }

    private void TextObject(JsonNode node, bool plainOnly, int most, string at)
    {
        var type = (string?)(node as JsonObject)?["type"];
        if (type != "plain_text" && (plainOnly || type != "mrkdwn"))
        {
            Say(plainOnly ? "must be a plain_text object" : "must be a text object", at);
            return;
        }

        foreach (var (name, _) in (JsonObject)node)
        {
            if (name is not ("type" or "text") && name != (type == "mrkdwn" ? "verbatim" : "emoji"))
            {
                Say($"unknown field: {name}", at);
            }
        }

        Sized(node["text"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null, 1, most, $"{at}/text");
    }

    private void Sized(string? text, int least, int most, string at)
    {
        if (text is null)
        {
            Say("must be a string", at);
        }
        else if (text.Length < least)
        {
            Say($"must be more than {least - 1} characters", at);
        }
        else if (text.Length > most)
        {
            Say($"must be less than {most + 1} characters", at);
        }
    }

    private void Each(JsonNode node, int most, string at, Action<JsonObject, string> check)
    {
        if (node is not JsonArray { Count: > 0 } items)
        {
            Say("must be a list with something in it", at);
            return;
        }

        AtMost(items, most, at);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is JsonObject item)
            {
                check(item, $"{at}/{i}");
            }
            else
            {
                Say("must be an object", $"{at}/{i}");
            }
        }
    }

    private void AtMost(JsonArray items, int most, string at)
    {
        if (items.Count > most)
        {
            Say($"no more than {most} items allowed", at);
        }
    }

    /// <summary>An action_id stands once in its block; two blocks may have the same.</summary>
    private void ActionIds(JsonObject block, string at)
    {
        var ids = (block["elements"] as JsonArray ?? []).OfType<JsonObject>().Select(element => element["action_id"]?.ToString()).OfType<string>();
        foreach (var id in ids.GroupBy(id => id).Where(same => same.Count() > 1))
        {
            Say($"action_id already exists: {id.Key}", at);
        }
    }
}
