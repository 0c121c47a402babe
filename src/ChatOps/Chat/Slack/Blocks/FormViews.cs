using System.Text.Encodings.Web;
using System.Text.Json;
using ChatOps.Chat.Slack.Incoming;
using ChatOps.Core.Chat;

namespace ChatOps.Chat.Slack.Blocks;

/// <summary>A form as a dialog and back. The dialog carries the form itself, without values, so that it can be sent after a restart; what it asks for is checked again like any click.</summary>
internal static class FormViews
{
    public const string CallbackId = "chatops_form";

    // Slack's: 24 characters for a title or a button, 2,000 for a label or hint, 100 options, 75 for an option, 3,000 for a text's beginning.
    private const int TitleLength = 24;
    private const int LabelLength = 2_000;
    private const int OptionLength = 75;
    private const int MostOptions = 100;
    private const int TextLength = 3_000;
    private const int MetadataLength = 3_000;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="form">What is asked.</param>
    /// <param name="channel">The channel's id where the answer is told, or null: to the one who asked.</param>
    /// <returns>Null when there is more in it than a dialog can carry.</returns>
    public static View? Of(Form form, string? channel) =>
        Carry(form, channel) is not { } carried ? null : new View("modal", [.. form.Fields.Select(Field)])
        {
            Title = new PlainWords(CardBlocks.Cut(form.Title, TitleLength)),
            Submit = new PlainWords(CardBlocks.Cut(form.Submit, TitleLength)),
            Close = new PlainWords("Cancel"),
            CallbackId = CallbackId,
            PrivateMetadata = carried,
        };

    /// <summary>A dialog that only says something.</summary>
    public static View Saying(string title, IReadOnlyList<Block> blocks) => new("modal", blocks)
    {
        Title = new PlainWords(CardBlocks.Cut(CardBlocks.Clean(title).Trim() is { Length: > 0 } said ? said : "ChatOps", TitleLength)),
        Close = new PlainWords("Close"),
    };

    /// <summary>The form that a dialog carries and the channel it came from, or null when it carries none of ours.</summary>
    public static (Form Form, string? Channel)? Read(JsonElement view)
    {
        try
        {
            return view.Text("callback_id") == CallbackId && view.Text("private_metadata") is { } text && JsonSerializer.Deserialize<Carried>(text) is { Form: { Command: not null, Subject: not null, Title: not null, Submit: not null, Fields: not null } form } carried
                && form.Fields.All(field => field is { Name: not null, Label: not null }) ? (form, carried.Channel) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What was filled in, by the field's name.</summary>
    public static Dictionary<string, string> Values(JsonElement view)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, block) in view.Parts("state", "values"))
        {
            foreach (var (_, value) in block.Parts())
            {
                if ((value.Text("value") ?? value.Text("selected_option", "value") ?? value.Text("selected_date") ?? value.Text("selected_time") ?? value.Text("selected_user")) is { } given)
                {
                    values[name] = given;
                }
            }
        }

        return values;
    }

    private static string? Carry(Form form, string? channel)
    {
        var bare = form with { Fields = [.. form.Fields.Select(field => field with { Value = null, Hint = null, Options = [] })] };
        var text = JsonSerializer.Serialize(new Carried(bare, channel), Plain);
        return text.Length <= MetadataLength ? text : null;
    }

    private static InputBlock Field(FormField field) => new(new PlainWords(CardBlocks.Cut(field.Label, LabelLength)), ElementOf(field))
    {
        BlockId = field.Name,
        Hint = field.Hint is { Length: > 0 } hint ? new PlainWords(CardBlocks.Cut(hint, LabelLength)) : null,
        Optional = !field.Required,
    };

    private static Element ElementOf(FormField field) => field.Kind switch
    {
        FieldKind.Select when SelectOf(field) is { Options.Count: > 0 } select => select,
        FieldKind.Person => new ExternalSelect { ActionId = field.Name, MinQueryLength = 0, InitialOption = field.Value is { Length: > 0 } person ? OptionOf(new Choice(person, person)) : null },
        FieldKind.Date => new DatePicker { ActionId = field.Name, InitialDate = Filled(field) },
        FieldKind.Time => new TimePicker { ActionId = field.Name, InitialTime = Filled(field) },
        _ => new TextInput
        {
            ActionId = field.Name,
            Multiline = field.Kind == FieldKind.Multiline ? true : null,
            InitialValue = Filled(field) is { } text ? CardBlocks.Cut(text, TextLength) : null,
            MaxLength = TextLength,
        },
    };

    private static StaticSelect SelectOf(FormField field)
    {
        var options = field.Options.DistinctBy(option => option.Value).Select(OptionOf).OfType<Option>().Take(MostOptions).ToList();
        return new StaticSelect(options) { ActionId = field.Name, InitialOption = options.Find(option => option.Value == field.Value) };
    }

    /// <summary>One of a select's options; null when what it stands for is more than an option carries: cut, it would be somebody else.</summary>
    public static Option? OptionOf(Choice choice) => choice.Value.Length is 0 or > OptionLength ? null
        : new(new PlainWords(CardBlocks.Cut(CardBlocks.Clean(choice.Label).Trim() is { Length: > 0 } label ? label : choice.Value, OptionLength)), choice.Value);

    private static string? Filled(FormField field) => string.IsNullOrEmpty(field.Value) ? null : field.Value;

    private sealed record Carried(Form Form, string? Channel);
}
