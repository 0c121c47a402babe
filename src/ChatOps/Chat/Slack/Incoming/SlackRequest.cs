using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>What Slack says to us, whichever way it came: by a request URL or over a socket.</summary>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="Payload">Its JSON; a slash command's fields are an object's.</param>
internal sealed record SlackRequest(SlackKind Kind, JsonElement Payload)
{
    /// <summary>Reads a body. What cannot be read is <see cref="SlackKind.Unknown"/>: Slack adds kinds without asking.</summary>
    public static SlackRequest Read(ReadOnlyMemory<byte> body, bool isForm)
    {
        try
        {
            return isForm ? ReadForm(body) : ReadJson(JsonElementOf(body));
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException)
        {
            return new(SlackKind.Unknown, default);
        }
    }

    /// <summary>A socket's envelope names the kind.</summary>
    public static SlackRequest Of(string envelope, JsonElement payload) => envelope switch
    {
        "slash_commands" => new(SlackKind.Command, payload),
        "interactive" => new(KindOfInteraction(payload), payload),
        "events_api" => ReadJson(payload),
        _ => new(SlackKind.Unknown, payload),
    };

    /// <summary>A text at a path of names, or null.</summary>
    public string? Text(params ReadOnlySpan<string> path) => Payload.Text(path);

    private static SlackRequest ReadForm(ReadOnlyMemory<byte> body)
    {
        var fields = Encoding.UTF8.GetString(body.Span);
        var (payload, check, isCommand) = ((string?)null, false, false);
        foreach (var field in new QueryStringEnumerable(fields))
        {
            switch (field.DecodeName().Span)
            {
                case "payload":
                    payload ??= field.DecodeValue().ToString();
                    break;
                case "ssl_check":
                    check = field.EncodedValue.Span is "1";
                    break;
                case "command":
                    isCommand = true;
                    break;
            }
        }

        if (payload is not null)
        {
            var interaction = JsonElementOf(Encoding.UTF8.GetBytes(payload));
            return new(KindOfInteraction(interaction), interaction);
        }

        return isCommand ? new(SlackKind.Command, ObjectOf(fields)) : new(check ? SlackKind.SslCheck : SlackKind.Unknown, default);
    }

    private static SlackRequest ReadJson(JsonElement root) => root.Text("type") switch
    {
        "url_verification" => new(SlackKind.UrlVerification, root),
        "event_callback" => new(SlackKind.Event, root),
        "app_rate_limited" => new(SlackKind.RateLimited, root),
        _ => new(SlackKind.Unknown, root),
    };

    private static SlackKind KindOfInteraction(JsonElement payload) => payload.Text("type") switch
    {
        "block_actions" => SlackKind.Click,
        "view_submission" => SlackKind.Submission,
        "view_closed" => SlackKind.Closed,
        "block_suggestion" => SlackKind.Suggestion,
        "shortcut" or "message_action" => SlackKind.Shortcut,
        _ => SlackKind.Unknown,
    };

    private static JsonElement JsonElementOf(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>A form's fields as an object, written straight from the form: a command comes so, and much of what people ask is one.</summary>
    private static JsonElement ObjectOf(string fields)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var field in new QueryStringEnumerable(fields))
            {
                writer.WriteString(field.DecodeName().Span, field.DecodeValue().Span);
            }

            writer.WriteEndObject();
        }

        return JsonElementOf(buffer.WrittenMemory);
    }
}

internal enum SlackKind
{
    Unknown,
    SslCheck,
    UrlVerification,
    Command,
    Click,
    Submission,
    Closed,

    /// <summary>A select asks for its options.</summary>
    Suggestion,
    Shortcut,
    Event,

    /// <summary>Slack holds back events.</summary>
    RateLimited,
}

internal static class JsonPaths
{
    /// <summary>A text at a path of names, or null when there is none.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.String } found ? Whole(found.GetString) : null;

    /// <summary>What stands at a path of names; of kind Undefined when there is nothing.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            element = Child(element, name);
        }

        return element;
    }

    /// <summary>What an object at a path holds, by name; nothing when there is no object. What has no name that can be read is left out.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Parts(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject().Select(part => (Name: Whole(() => part.Name), part.Value)).Where(part => part.Name is not null).Select(part => (part.Name!, part.Value)) : [];

    /// <summary>The elements of a list at a path; none when there is no list.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    private static JsonElement Child(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;
        }
        catch (InvalidOperationException)
        {
            return default; // a name beside it is half a character
        }
    }

    /// <summary>JSON may write half a character (<c>"\ud83d"</c>), which is no text.</summary>
    private static string? Whole(Func<string?> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
