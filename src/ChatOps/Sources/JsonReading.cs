using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Sources;

/// <summary>Reads what a body may or may not hold. Whatever is not there, or is something else, is null; nothing throws.</summary>
internal static class JsonReading
{
    private static ReadOnlySpan<byte> Utf8Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>The body's root, or a sentence about what is wrong with it.</summary>
    public static (JsonElement? Root, string? Fault) Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.Span.StartsWith(Utf8Bom) ? body[Utf8Bom.Length..] : body, new JsonDocumentOptions { MaxDepth = 256 });
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException fault)
        {
            return (null, $"The body is not JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}).");
        }
    }

    /// <summary>The element down a path of names; a number takes that entry of a list.</summary>
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (Child(element, name) is not { } child)
            {
                return null;
            }

            element = child;
        }

        return element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : element;
    }

    private static JsonElement? Child(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child
                : element.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index >= 0 && index < element.GetArrayLength() ? element[index]
                : null;
        }
        catch (InvalidOperationException)
        {
            return null; // a name beside it is half of a surrogate pair
        }
    }

    /// <summary>Text, or a number as it is written; at most so many characters.</summary>
    public static string? Text(this JsonElement? element, int most = 500)
    {
        try
        {
            var text = element switch
            {
                { ValueKind: JsonValueKind.String } found => found.GetString(),
                { ValueKind: JsonValueKind.Number } found => found.GetRawText(),
                _ => null,
            };
            return string.IsNullOrWhiteSpace(text) ? null : text.Length <= most ? text.Trim() : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair is no text
        }
    }

    /// <summary>One line.</summary>
    public static string? Line(this JsonElement? element, int most = 200) =>
        element.Text(most) is { } text && string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } line ? line : null;

    public static Instant? Time(this JsonElement? element) =>
        element.Text() is { } text && OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true, Value: { Year: > 1 and < 9999 } time } ? time.ToInstant() : null;

    /// <summary>A number, also one that stands in quotes.</summary>
    public static decimal? Number(this JsonElement? element) =>
        element.Text() is { } text && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000 ? number : null;

    public static bool? Flag(this JsonElement? element) => element?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The entries of a list; none where it is no list.</summary>
    public static IEnumerable<JsonElement> Entries(this JsonElement? element) => element is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
