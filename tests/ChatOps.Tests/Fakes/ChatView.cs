namespace ChatOps.Tests.Fakes;

// What a script reads from the local chat's API, by the names that INTERFACE promises: written down here again, so that renaming one in the program fails.
internal sealed record ChatMessage(
    string Id, string Channel, string? ThreadId, string Subject, string Text, string State, IReadOnlyList<ChatField> Fields, IReadOnlyList<ChatButton> Buttons,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, bool Ephemeral)
{
    public string? this[string field] => Fields.FirstOrDefault(each => each.Name == field)?.Value;
}

internal sealed record ChatField(string Name, string Value);

internal sealed record ChatButton(string ActionId, string Value, string Label);

internal sealed record ChatAnswer(IReadOnlyList<ChatMessage> Replies, ChatForm? Form)
{
    public string Text => string.Join('\n', Replies.Select(reply => reply.Text));
}

internal sealed record ChatForm(string FormId, string Title, IReadOnlyList<ChatFormField> Fields, string Submit);

internal sealed record ChatFormField(string Name, string Label, string Kind, string? Value, bool Required);
