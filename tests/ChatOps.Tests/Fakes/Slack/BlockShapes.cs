using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>
/// The blocks and elements that the bot may use, with Block Kit's limits. A field is written <c>name:kind</c>, <c>name!:kind</c> where it is required: s75 is text of 1
/// to 75 characters (e: may be empty), plain75 a plain_text object of that size, text75 one of either kind, element(x) an element that may stand in an x,
/// elements25(x) up to 25 of them, options100 choices with plain text, choices10 choices with text of either kind.
/// </summary>
internal static partial class BlockShapes
{
    private const string Ask = "action_id:s255 focus_on_load:bool placeholder:plain150";
    private const string Pick = $"{Ask} confirm:confirm";

    public static IReadOnlyDictionary<string, Shape> Blocks { get; } = Table(
        ("section", "", "text:text3000 fields:fields10 accessory:element(section) expand:bool"),
        ("header", "", "text!:plain150"),
        ("divider", "", ""),
        ("actions", "", "elements!:elements25(actions)"),
        ("context", "", "elements!:elements10(context)"),
        ("input", "", "label!:plain2000 element!:element(input) hint:plain2000 optional:bool dispatch_action:bool"),
        ("image", "", "alt_text!:s2000 image_url:s3000 slack_file:any title:plain2000"),
        ("markdown", "", "text!:s12000"),
        ("rich_text", "", "elements!:any"));

    public static IReadOnlyDictionary<string, Shape> Elements { get; } = Table(
        ("button", "section actions", "text!:plain75 action_id:s255 url:s3000 value:s2000 style:enum(primary|danger) confirm:confirm accessibility_label:s75"),
        ("static_select", "section actions input", $"{Pick} options:options100 option_groups:groups100 initial_option:option"),
        ("external_select", "section actions input", $"{Pick} min_query_length:number initial_option:option"),
        ("users_select", "section actions input", $"{Pick} initial_user:s20"),
        ("channels_select", "section actions input", $"{Pick} initial_channel:s20 response_url_enabled:bool"),
        ("conversations_select", "section actions input", $"{Pick} initial_conversation:s20 default_to_current_conversation:bool response_url_enabled:bool filter:any"),
        ("multi_static_select", "section input", $"{Pick} options:options100 option_groups:groups100 initial_options:options100 max_selected_items:number"),
        ("multi_external_select", "section input", $"{Pick} min_query_length:number initial_options:options100 max_selected_items:number"),
        ("multi_users_select", "section input", $"{Pick} initial_users:any max_selected_items:number"),
        ("multi_channels_select", "section input", $"{Pick} initial_channels:any max_selected_items:number"),
        ("multi_conversations_select", "section input", $"{Pick} initial_conversations:any default_to_current_conversation:bool max_selected_items:number filter:any"),
        ("overflow", "section actions", "action_id:s255 options!:options5 confirm:confirm"),
        ("checkboxes", "section actions input", "action_id:s255 focus_on_load:bool confirm:confirm options!:choices10 initial_options:choices10"),
        ("radio_buttons", "section actions input", "action_id:s255 focus_on_load:bool confirm:confirm options!:choices10 initial_option:option"),
        ("datepicker", "section actions input", $"{Pick} initial_date:date"),
        ("timepicker", "section actions input", $"{Pick} initial_time:time timezone:s100"),
        ("datetimepicker", "actions input", "action_id:s255 focus_on_load:bool confirm:confirm initial_date_time:number"),
        ("plain_text_input", "input", $"{Ask} multiline:bool min_length:number max_length:number initial_value:e3000 dispatch_action_config:any"),
        ("number_input", "input", $"{Ask} is_decimal_allowed!:bool initial_value:e100 min_value:s100 max_value:s100 dispatch_action_config:any"),
        ("email_text_input", "input", $"{Ask} initial_value:e3000 dispatch_action_config:any"),
        ("url_text_input", "input", $"{Ask} initial_value:e3000 dispatch_action_config:any"),
        ("image", "section context", "alt_text!:s2000 image_url:s3000 slack_file:any"));

    public static Shape Confirm { get; } = Of("", "title!:plain100 text!:text300 confirm!:plain30 deny!:plain30 style:enum(primary|danger)");

    public static Shape Option { get; } = Of("", "text!:plain75 value!:s75 description:plain75 url:s3000");

    public static Shape Choice { get; } = Of("", "text!:text75 value!:s75 description:text75");

    public static Shape OptionGroup { get; } = Of("", "label!:plain75 options!:options100");

    private const string View = "type!:enum(modal|home) blocks!:any private_metadata:e3000 callback_id:s255 external_id:e255";

    public static Shape Modal { get; } = Of("", $"{View} title!:plain24 close:plain24 submit:plain24 clear_on_close:bool notify_on_close:bool");

    public static Shape Home { get; } = Of("", View);

    private static Dictionary<string, Shape> Table(params (string Type, string Places, string Fields)[] rows) =>
        rows.ToDictionary(row => row.Type, row => Of(row.Places, $"type!:s100 {(row.Places.Length == 0 ? "block_id:s255 " : "")}{row.Fields}"));

    private static Shape Of(string places, string fields) => new(places.Split(' '), [.. fields.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parsed)]);

    private static ShapeField Parsed(string field)
    {
        var parts = Field().Match(field).Groups;
        return new ShapeField(
            parts["name"].Value,
            parts["required"].Length > 0,
            parts["kind"].Value,
            parts["most"].Length > 0 ? int.Parse(parts["most"].Value, CultureInfo.InvariantCulture) : 0,
            parts["inside"].Value);
    }

    [GeneratedRegex(@"^(?<name>\w+)(?<required>!?):(?<kind>[a-z]+)(?<most>\d*)(\((?<inside>[^)]*)\))?$")]
    private static partial Regex Field();
}

/// <param name="Places">Where an element may stand.</param>
/// <param name="Fields">All that it may have.</param>
internal sealed record Shape(IReadOnlyList<string> Places, IReadOnlyList<ShapeField> Fields);

internal sealed record ShapeField(string Name, bool Required, string Kind, int Most, string Inside);
