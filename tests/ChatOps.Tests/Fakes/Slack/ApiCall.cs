using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>A call of a method with its arguments.</summary>
internal sealed class ApiCall(Workspace workspace, string method, IReadOnlyDictionary<string, JsonNode?> arguments)
{
    public Workspace Workspace => workspace;

    public string Method => method;

    public bool Has(string name) => arguments.TryGetValue(name, out var value) && value is not null;

    public string? Text(string name) => !Has(name) ? null : arguments[name] switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var other => other!.ToJsonString(),
    };

    public string Need(string name) => Text(name) is { Length: > 0 } text ? text : throw new Refusal("invalid_arguments", $"[ERROR] missing required field: {name}");

    public bool Flag(string name) => Text(name) switch
    {
        null or "" or "false" or "0" => false,
        "true" or "1" => true,
        var odd => throw new Refusal("invalid_arguments", $"[ERROR] {name} is no boolean: {odd}"),
    };

    public int Number(string name, int otherwise, int most)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new Refusal("invalid_arguments", $"[ERROR] {name} must be from 1 to {most}: {text}");
    }

    /// <summary>A list of ids: text with commas between them, or in a JSON body an array.</summary>
    public IReadOnlyList<string> Ids(string name) => Has(name) && arguments[name] is JsonArray array
        ? [.. array.Select(id => (string)id!)]
        : (Text(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public JsonArray? List(string name) => Json(name) is not { } json ? null : json as JsonArray ?? throw new Refusal("invalid_arguments", $"[ERROR] {name} must be an array");

    public JsonObject? Map(string name) => Json(name) is not { } json ? null : json as JsonObject ?? throw new Refusal("invalid_arguments", $"[ERROR] {name} must be an object");

    /// <exception cref="Refusal">missing_scope.</exception>
    public void Needs(string scope)
    {
        if (!workspace.Scopes.Contains(scope))
        {
            throw new Refusal("missing_scope") { Needed = scope };
        }
    }

    /// <summary>The conversation in argument <paramref name="name"/>, by its id alone.</summary>
    /// <exception cref="Refusal">channel_not_found, also where the bot must not know of it.</exception>
    public FakeChannel Channel(string name = "channel") =>
        workspace.Channels.ById(Need(name)) is { SeenByBot: true } channel ? channel : throw new Refusal("channel_not_found");

    /// <summary>The conversation, which the bot must be in and which must be open.</summary>
    public FakeChannel OwnChannel(string name = "channel") => Channel(name) switch
    {
        { Archived: true } => throw new Refusal("is_archived"),
        { HasBot: false } => throw new Refusal("not_in_channel"),
        var channel => channel,
    };

    public FakeUser User(string name) => workspace.Users.Find(Need(name)) is { } user && user.Id == Text(name) ? user : throw new Refusal("user_not_found");

    /// <summary>One page of a list, and the cursor of the next in response_metadata.</summary>
    public JsonObject Page(string field, IReadOnlyList<JsonNode> all)
    {
        var from = 0;
        if (Text("cursor") is { Length: > 0 } cursor && !(cursor.StartsWith("at:", StringComparison.Ordinal) && int.TryParse(cursor.AsSpan(3), out from)))
        {
            throw new Refusal("invalid_cursor");
        }

        var page = Math.Min(Number("limit", 100, 1000), workspace.PageAtMost);
        var next = from + page < all.Count ? $"at:{from + page}" : "";
        return new JsonObject { [field] = new JsonArray([.. all.Skip(from).Take(page)]), ["response_metadata"] = new JsonObject { ["next_cursor"] = next } };
    }

    private JsonNode? Json(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        // In a form, and for old habits' sake in JSON too, structures are text.
        var value = arguments[name]!;
        if (value is not JsonValue text || !text.TryGetValue<string>(out var source))
        {
            return value.DeepClone();
        }

        try
        {
            return source.Length == 0 ? null : JsonNode.Parse(source);
        }
        catch (JsonException)
        {
            throw new Refusal(name == "blocks" ? "invalid_blocks_format" : "invalid_arguments", $"[ERROR] {name} is no JSON");
        }
    }
}
