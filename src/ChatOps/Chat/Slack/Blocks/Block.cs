using System.Text.Json.Serialization;

namespace ChatOps.Chat.Slack.Blocks;

/// <summary>A block of a message, a dialog or a home tab: those of Block Kit that we draw, as Slack's JSON names them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HeaderBlock), "header")]
[JsonDerivedType(typeof(RichTextBlock), "rich_text")]
[JsonDerivedType(typeof(SectionBlock), "section")]
[JsonDerivedType(typeof(ActionsBlock), "actions")]
[JsonDerivedType(typeof(ContextBlock), "context")]
[JsonDerivedType(typeof(DividerBlock), "divider")]
[JsonDerivedType(typeof(InputBlock), "input")]
internal abstract record Block
{
    public string? BlockId { get; init; }
}

/// <summary>A title: plain text of at most 150 characters.</summary>
internal sealed record HeaderBlock(PlainWords Text) : Block;

/// <summary>Text in runs. Slack reads nothing into it: no mention, link or style but those that stand in it as such.</summary>
internal sealed record RichTextBlock(IReadOnlyList<RichTextSection> Elements) : Block;

internal sealed record SectionBlock(PlainWords Text) : Block
{
    public Element? Accessory { get; init; }
}

/// <summary>At most 25 buttons and selects.</summary>
internal sealed record ActionsBlock(IReadOnlyList<Element> Elements) : Block;

/// <summary>Small print: at most 10 texts.</summary>
internal sealed record ContextBlock(IReadOnlyList<PlainWords> Elements) : Block;

internal sealed record DividerBlock : Block;

/// <summary>A field of a dialog: label and hint of at most 2,000 characters.</summary>
internal sealed record InputBlock(PlainWords Label, Element Element) : Block
{
    public PlainWords? Hint { get; init; }

    public bool? Optional { get; init; }
}

/// <summary>Text that Slack shows as it is. Emoji names such as :fire: stay words.</summary>
internal sealed record PlainWords(string Text)
{
    public string Type { get; } = "plain_text";

    public bool Emoji { get; }
}

internal sealed record RichTextSection(IReadOnlyList<RichText> Elements)
{
    public string Type { get; } = "rich_text_section";
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RichWords), "text")]
[JsonDerivedType(typeof(RichLink), "link")]
[JsonDerivedType(typeof(RichUser), "user")]
internal abstract record RichText;

internal sealed record RichWords(string Text) : RichText
{
    public RichStyle? Style { get; init; }
}

internal sealed record RichLink(string Url, string Text) : RichText;

/// <summary>A mention: whoever it is gets a notification.</summary>
internal sealed record RichUser(string UserId) : RichText;

internal sealed record RichStyle
{
    public static RichStyle Strong { get; } = new() { Bold = true };

    public static RichStyle Typed { get; } = new() { Code = true };

    public bool? Bold { get; init; }

    public bool? Code { get; init; }
}
