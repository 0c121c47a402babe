using System.Text.Json.Serialization;

namespace ChatOps.Core.Chat;

/// <summary>
/// A message as every chat can show it: a title with a state, text, fields, buttons and a line of context. A platform draws it with what it has;
/// <see cref="PlainText"/> is the same in words.
/// </summary>
/// <param name="Title">One line, plain: it is never read as markup.</param>
/// <param name="State">Gives the colour, and a word for those who do not see colours.</param>
public sealed record Card(string Title, CardState State)
{
    public Markup Text { get; init; } = Markup.Empty;

    public IReadOnlyList<CardField> Fields { get; init; } = [];

    public IReadOnlyList<Button> Buttons { get; init; } = [];

    /// <summary>Left out where there is none, so that what was stored and shown before pictures were there is not another card now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Picture? Picture { get; init; }

    /// <summary>A small last line: where it comes from, how to go on.</summary>
    public Markup Context { get; init; } = Markup.Empty;
}

public sealed record CardField(string Name, Markup Value);

/// <summary>A button. What it does is a command, found by <paramref name="ActionId"/>; cards that were posted long ago keep theirs.</summary>
/// <param name="ActionId">A constant of the command, never a type's name.</param>
/// <param name="Label">What is written on it.</param>
/// <param name="Value">The subject's id, such as A-12.</param>
/// <param name="Style">How much it stands out.</param>
public sealed record Button(string ActionId, string Label, string Value, ButtonStyle Style = ButtonStyle.Default);

public enum ButtonStyle
{
    Default,
    Primary,
    Danger,
}

/// <summary>The states that a message can show. The words are part of the local chat's API.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CardState>))]
public enum CardState
{
    [JsonStringEnumMemberName("info")] Info,
    [JsonStringEnumMemberName("firing")] Firing,
    [JsonStringEnumMemberName("acknowledged")] Acknowledged,
    [JsonStringEnumMemberName("resolved")] Resolved,
    [JsonStringEnumMemberName("open")] Open,
    [JsonStringEnumMemberName("mitigated")] Mitigated,
    [JsonStringEnumMemberName("closed")] Closed,
    [JsonStringEnumMemberName("silenced")] Silenced,
    [JsonStringEnumMemberName("normal")] Normal,
    [JsonStringEnumMemberName("abnormal")] Abnormal,
    [JsonStringEnumMemberName("review")] Review,
    [JsonStringEnumMemberName("retracted")] Retracted,
}
