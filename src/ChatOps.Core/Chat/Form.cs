namespace ChatOps.Core.Chat;

/// <summary>
/// A dialog. It carries what is needed to go on when it comes back, perhaps after a restart: the command that opened it, the subject it is about and
/// the version that subject had.
/// </summary>
/// <param name="Command">The command's words, such as "alert note".</param>
/// <param name="Subject">What it is about, or empty. At most 2 kB.</param>
/// <param name="OpenedOn">The subject's version when it was opened; 0 where it does not matter.</param>
/// <param name="Title">At most 24 characters: Slack's limit for a view's title.</param>
/// <param name="Fields">What is asked.</param>
/// <param name="Submit">What is written on the button that sends it.</param>
public sealed record Form(string Command, string Subject, long OpenedOn, string Title, IReadOnlyList<FormField> Fields, string Submit);

public sealed record FormField(string Name, string Label, FieldKind Kind, bool Required = false)
{
    public string? Value { get; init; }

    /// <summary>A line under the field: what to write, in which shape.</summary>
    public string? Hint { get; init; }

    public IReadOnlyList<Choice> Options { get; init; } = [];
}

public sealed record Choice(string Value, string Label);

public enum FieldKind
{
    Text,
    Multiline,
    Select,
    Date,
    Time,
    Person,
}
