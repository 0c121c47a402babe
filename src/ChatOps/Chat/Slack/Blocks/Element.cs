using System.Text.Json.Serialization;

namespace ChatOps.Chat.Slack.Blocks;

/// <summary>What can be pressed, chosen or filled in.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ButtonElement), "button")]
[JsonDerivedType(typeof(TextInput), "plain_text_input")]
[JsonDerivedType(typeof(StaticSelect), "static_select")]
[JsonDerivedType(typeof(ExternalSelect), "external_select")]
[JsonDerivedType(typeof(UsersSelect), "users_select")]
[JsonDerivedType(typeof(DatePicker), "datepicker")]
[JsonDerivedType(typeof(TimePicker), "timepicker")]
internal abstract record Element
{
    public required string ActionId { get; init; }
}

/// <summary>Label of at most 75 characters, value of at most 2,000.</summary>
internal sealed record ButtonElement(PlainWords Text) : Element
{
    public string? Value { get; init; }

    /// <summary>primary or danger; null: neither.</summary>
    public string? Style { get; init; }
}

internal sealed record TextInput : Element
{
    public bool? Multiline { get; init; }

    public string? InitialValue { get; init; }

    public int? MaxLength { get; init; }
}

/// <summary>At most 100 options.</summary>
internal sealed record StaticSelect(IReadOnlyList<Option> Options) : Element
{
    public Option? InitialOption { get; init; }
}

/// <summary>Asks us for its options while somebody types.</summary>
internal sealed record ExternalSelect : Element
{
    public Option? InitialOption { get; init; }

    public int? MinQueryLength { get; init; }
}

internal sealed record UsersSelect : Element
{
    public string? InitialUser { get; init; }
}

/// <summary>yyyy-MM-dd.</summary>
internal sealed record DatePicker : Element
{
    public string? InitialDate { get; init; }
}

/// <summary>HH:mm.</summary>
internal sealed record TimePicker : Element
{
    public string? InitialTime { get; init; }
}

/// <summary>Text and value of at most 75 characters.</summary>
internal sealed record Option(PlainWords Text, string Value);
