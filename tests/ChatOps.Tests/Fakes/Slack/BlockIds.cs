using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Slack names the blocks and elements that came without a name.</summary>
internal static class BlockIds
{
    private static int _given;

    public static JsonArray? Filled(JsonArray? blocks)
    {
        if (blocks is null)
        {
            return null;
        }

        var filled = (JsonArray)blocks.DeepClone();
        foreach (var block in filled.OfType<JsonObject>())
        {
            block["block_id"] ??= Next();
            foreach (var element in new[] { block["accessory"], block["element"] }.OfType<JsonObject>().Concat((string?)block["type"] == "actions" ? block["elements"]!.AsArray().OfType<JsonObject>() : []))
            {
                if ((string?)element["type"] != "image")
                {
                    element["action_id"] ??= Next();
                }
            }
        }

        return filled;
    }

    private static string Next() => $"g{Interlocked.Increment(ref _given):D4}";
}
