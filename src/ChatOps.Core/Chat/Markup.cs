using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatOps.Core.Chat;

/// <summary>
/// Text in a subset of Markdown that every chat can draw: <c>**bold**</c>, <c>`code`</c>, <c>[label](https://…)</c>, <c>@{person}</c> and line breaks; a
/// backslash takes a sign's meaning away. Write it as an interpolated string: the literal parts are markup, the holes are escaped,
/// so that nothing from outside can pose as a link or call a person.
/// </summary>
[JsonConverter(typeof(MarkupJson))]
public readonly record struct Markup(string Source)
{
    private const string Signs = "\\*`[]@";

    public static Markup Empty { get; } = new("");

    public bool IsEmpty => string.IsNullOrEmpty(Source);

    public static Markup Of(MarkupHandler text) => text.Done();

    /// <summary>Anything from outside, with all signs taken as they are.</summary>
    public static Markup Plain(string? text) => new(Escape(text ?? ""));

    public static Markup Mention(string person) => new($"@{{{person.Replace("}", "", StringComparison.Ordinal)}}}");

    /// <summary>A link; only http and https become one, anything else is shown as text.</summary>
    public static Markup Link(string label, string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new($"[{Escape(label)}]({uri.AbsoluteUri.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)})")
            : Plain(label == url ? label : $"{label}: {url}");

    public static Markup Join(string between, IEnumerable<Markup> parts) =>
        new(string.Join(Escape(between), parts.Select(part => part.Source)));

    public static Markup Lines(params IEnumerable<Markup> lines) => Join("\n", lines.Where(line => !line.IsEmpty));

    public static Markup operator +(Markup left, Markup right) => new(left.Source + right.Source);

    /// <summary>The text in runs of one kind each, for a platform to draw.</summary>
    public IReadOnlyList<Run> Runs() => MarkupReader.Read(Source ?? "");

    /// <summary>Whether somebody is called by name, so that it reaches them wherever they are.</summary>
    public bool MentionsSomebody => Runs().Any(run => run.Mention is not null);

    /// <summary>The words alone. A link is its label and address.</summary>
    public string PlainText() => string.Concat(Runs().Select(run => run.PlainText()));

    public override string ToString() => Source ?? "";

    /// <summary>Characters that turn the direction of all text behind them around.</summary>
    internal static bool TurnsText(char c) => c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Signs.Contains(c))
            {
                escaped.Append('\\');
            }

            // Control characters, among them those that turn the direction of text around, have no business in a message.
            escaped.Append(c is '\n' or '\t' || !(char.IsControl(c) || TurnsText(c)) ? c : ' ');
        }

        return escaped.ToString();
    }
}

/// <summary>A piece of text of one kind. At most one of the marks is set, but for a link, whose text is its label.</summary>
public sealed record Run(string Text)
{
    public bool Bold { get; init; }

    public bool Code { get; init; }

    public string? Href { get; init; }

    /// <summary>The id of the person who is meant.</summary>
    public string? Mention { get; init; }

    /// <inheritdoc cref="Markup.PlainText"/>
    public string PlainText() => this switch
    {
        { Mention: { } person } => "@" + person,
        { Href: { } href } when href != Text && href.TrimEnd('/') != Text => $"{Text}: {href}",
        _ => Text,
    };
}

/// <summary>Makes <c>Markup.Of($"…")</c> escape its holes; a hole that is markup itself stays as it is.</summary>
[InterpolatedStringHandler]
public readonly struct MarkupHandler(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(Markup markup) => _text.Append(markup.Source);

    public void AppendFormatted<T>(T value) => _text.Append(Markup.Plain(value?.ToString()).Source);

    public void AppendFormatted<T>(T value, string format)
        where T : IFormattable => _text.Append(Markup.Plain(value.ToString(format, null)).Source);

    internal Markup Done() => new(_text.ToString());
}

internal sealed class MarkupJson : JsonConverter<Markup>
{
    public override Markup Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Markup value, JsonSerializerOptions options) => writer.WriteStringValue(value.Source ?? "");
}
