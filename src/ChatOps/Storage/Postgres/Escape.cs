using System.Text;
using System.Text.RegularExpressions;

namespace ChatOps.Storage.Postgres;

/// <summary>
/// PostgreSQL holds every character but U+0000, in text and in jsonb. It is written as U+0001 U+0001, and U+0001 itself as U+0001 U+0002. That can be read
/// back, and it leaves the order of keys by code point as it was: the two still come in that order, before every other character.
/// </summary>
internal static partial class Escape
{
    /// <summary>
    /// An id or a key as PostgreSQL holds it. Half a surrogate pair, which no stored key has, is nothing that could be sent: whoever asks for it asks for the
    /// character that stands for none.
    /// </summary>
    public static string Text(string text)
    {
        if (text.AsSpan().IndexOfAny('\0', '\u0001') >= 0)
        {
            text = text.Replace("\u0001", "\u0001\u0002", StringComparison.Ordinal).Replace("\0", "\u0001\u0001", StringComparison.Ordinal);
        }

        return text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0
            ? text
            : string.Concat(text.EnumerateRunes().Select(rune => rune == Rune.ReplacementChar ? "\uffff" : rune.ToString()));
    }

    /// <summary>What <see cref="Text"/> was given.</summary>
    public static string Back(string text) =>
        text.Contains('\u0001', StringComparison.Ordinal) ? text.Replace("\u0001\u0001", "\0", StringComparison.Ordinal).Replace("\u0001\u0002", "\u0001", StringComparison.Ordinal) : text;

    /// <summary>A document's JSON as PostgreSQL holds it. In JSON both characters are always written as <c>\u0000</c> and <c>\u0001</c>.</summary>
    public static string Json(string json) => json.Contains(@"\u000", StringComparison.Ordinal)
        ? InJson().Replace(json, escape => escape.Value switch
        {
            @"\u0000" => @"\u0001\u0001",
            @"\u0001" => @"\u0001\u0002",
            _ => escape.Value,
        })
        : json;

    /// <summary>What <see cref="Json"/> was given, from the text of a jsonb value.</summary>
    public static string JsonBack(string json) => json.Contains(@"\u0001", StringComparison.Ordinal)
        ? HeldInJson().Replace(json, escape => escape.Value switch
        {
            @"\u0001\u0001" => @"\u0000",
            @"\u0001\u0002" => @"\u0001",
            _ => escape.Value,
        })
        : json;

    // Whole escapes: in \\u0000 there is a backslash and five other characters.
    [GeneratedRegex(@"\\(u000[01]|.)")]
    private static partial Regex InJson();

    [GeneratedRegex(@"\\(u0001\\u000[12]|.)")]
    private static partial Regex HeldInJson();
}
