using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOps.Core.Chat;
using NodaTime;

namespace ChatOps.Chat.Local;

/// <summary>What the local chat's API says: messages and forms as the page and scripts read them.</summary>
internal static class LocalView
{
    private const int LongestForm = 8000;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static MessageView Of(LocalMessage message) =>
        Of(message.Card, message.Id, message.Channel, message.ThreadId, message.Subject, message.CreatedAt, message.UpdatedAt);

    /// <summary>An answer that only the one who asked sees; it is not stored.</summary>
    public static MessageView Reply(Card card, string channel, string? threadId, Instant now) =>
        Of(card, $"{LocalEndpoints.ReplyPrefix}{Guid.CreateVersion7(now.ToDateTimeOffset()):N}", channel, threadId, card.Buttons is [var first, ..] ? first.Value : "", now, now) with { Ephemeral = true };

    public static FormView Of(Form form) => new(
        FormIdOf(form),
        form.Title,
        [.. form.Fields.Select(field => new FormFieldView(field.Name, field.Label, field.Kind, field.Value, field.Hint, [.. field.Options.Select(option => new ChoiceView(option.Value, option.Label))], field.Required))],
        form.Submit);

    /// <summary>The form that an id stands for, or null. The id carries the form itself, so that it can be sent after a restart; what it asks for is checked again like any click.</summary>
    public static Form? FormOf(string? formId)
    {
        try
        {
            return formId is { Length: > 0 and <= LongestForm } && JsonSerializer.Deserialize<Form>(Convert.FromBase64String(formId), Json) is { Command: not null, Subject: not null, Fields: not null } form
                && form.Fields.All(field => field is { Name: not null, Label: not null }) ? form : null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string FormIdOf(Form form) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(form with { Fields = [.. form.Fields.Select(field => field with { Value = null, Hint = null, Options = [] })] }, Json));

    private static MessageView Of(Card card, string id, string channel, string? threadId, string subject, Instant createdAt, Instant updatedAt) => new(
        id,
        channel,
        threadId,
        subject,
        PlainText.Of(card),
        card.State,
        [.. card.Fields.Select(field => new FieldView(field.Name, field.Value.PlainText(), Runs(field.Value)))],
        [.. card.Buttons.Select(button => new ButtonView(button.ActionId, button.Value, button.Label, button.Style))],
        createdAt.ToString("uuuu-MM-dd'T'HH:mm:ss.fff'Z'", null),
        updatedAt.ToString("uuuu-MM-dd'T'HH:mm:ss.fff'Z'", null),
        card.Title,
        Runs(card.Text),
        Runs(card.Context),
        Ephemeral: false,
        card.Picture);

    private static List<RunView> Runs(Markup markup) =>
        [.. markup.Runs().Select(run => new RunView(run.Text, run.Bold ? true : null, run.Code ? true : null, run.Href, run.Mention))];
}

internal sealed record MessageView(
    string Id, string Channel, string? ThreadId, string Subject, string Text, CardState State, IReadOnlyList<FieldView> Fields, IReadOnlyList<ButtonView> Buttons,
    string CreatedAt, string UpdatedAt, string Title, IReadOnlyList<RunView> Body, IReadOnlyList<RunView> Context, bool Ephemeral,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Picture? Picture);

internal sealed record FieldView(string Name, string Value, IReadOnlyList<RunView> Runs);

internal sealed record ButtonView(string ActionId, string Value, string Label, ButtonStyle Style);

internal sealed record RunView(
    string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Bold,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Href,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Mention);

internal sealed record FormView(string FormId, string Title, IReadOnlyList<FormFieldView> Fields, string Submit);

internal sealed record FormFieldView(string Name, string Label, FieldKind Kind, string? Value, string? Hint, IReadOnlyList<ChoiceView> Options, bool Required);

internal sealed record ChoiceView(string Value, string Label);

internal sealed record AnswerView(IReadOnlyList<MessageView> Replies, FormView? Form);
