using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Something that can be pressed or chosen in a message or a view.</summary>
/// <param name="BlockId">The block it stands in.</param>
/// <param name="ActionId">What it is called.</param>
/// <param name="Element">All of it.</param>
internal sealed record FakeButton(string BlockId, string ActionId, JsonObject Element)
{
    public string Type => (string)Element["type"]!;

    public string? Value => (string?)Element["value"];

    public string Label => VisibleText.Plain(Element["text"] ?? Element["placeholder"]);

    public string? Style => (string?)Element["style"];

    /// <summary>All interactive elements, from top to bottom.</summary>
    public static IReadOnlyList<FakeButton> In(JsonArray? blocks) =>
    [
        .. from block in (blocks ?? []).OfType<JsonObject>()
           from element in ElementsOf(block)
           where element["action_id"] is not null
           select new FakeButton((string)block["block_id"]!, (string)element["action_id"]!, element),
    ];

    private static IEnumerable<JsonObject> ElementsOf(JsonObject block) => new[] { block["accessory"], block["element"] }.OfType<JsonObject>()
        .Concat(block["elements"] is JsonArray elements ? elements.OfType<JsonObject>() : []);
}
