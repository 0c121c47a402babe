using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Whether Slack would take blocks, a view or a list of options.</summary>
internal static class BlockKit
{
    private const int MostInMessage = 50;
    private const int MostInView = 100;
    private const int LongestMarkdown = 12_000;

    /// <exception cref="Refusal">invalid_blocks, with all that is wrong.</exception>
    public static void CheckMessage(JsonArray? blocks)
    {
        if (blocks is null)
        {
            return;
        }

        var check = new BlockCheck();
        check.Blocks(blocks, "/blocks", MostInMessage);
        if (blocks.OfType<JsonObject>().Where(block => (string?)block["type"] == "markdown").Sum(block => block["text"]?.ToString().Length ?? 0) > LongestMarkdown)
        {
            check.Say($"all markdown of a message must be less than {LongestMarkdown + 1} characters", "/blocks");
        }

        if (check.Wrong.Count > 0)
        {
            throw new Refusal("invalid_blocks", check.Wrong);
        }
    }

    /// <param name="view">The view.</param>
    /// <param name="type">modal or home.</param>
    /// <exception cref="Refusal">invalid_arguments, with all that is wrong.</exception>
    public static void CheckView(JsonObject view, string type)
    {
        var check = new BlockCheck();
        check.Shaped(view, type == "modal" ? BlockShapes.Modal : BlockShapes.Home, "/view");
        if (view["type"]?.ToString() != type)
        {
            check.Say($"must be a {type}", "/view/type");
        }

        if (view["blocks"] is JsonArray blocks)
        {
            check.Blocks(blocks, "/view/blocks", MostInView);
            if (type == "modal" && view["submit"] is null && blocks.OfType<JsonObject>().Any(block => (string?)block["type"] == "input"))
            {
                check.Say("submit is required where there is an input block", "/view");
            }
        }

        if (check.Wrong.Count > 0)
        {
            throw new Refusal("invalid_arguments", check.Wrong);
        }
    }

    /// <summary>What is wrong with the answer to a question for options.</summary>
    public static IReadOnlyList<string> WrongOptions(JsonObject answer)
    {
        var check = new BlockCheck();
        foreach (var (name, shape) in new[] { ("options", BlockShapes.Option), ("option_groups", BlockShapes.OptionGroup) })
        {
            if (answer[name] is not JsonArray items)
            {
                continue;
            }

            if (items.Count > 100)
            {
                check.Say("no more than 100 items allowed", $"/{name}");
            }

            for (var i = 0; i < items.Count; i++)
            {
                check.Shaped(items[i]!.AsObject(), shape, $"/{name}/{i}");
            }
        }

        if (answer["options"] is null == answer["option_groups"] is null)
        {
            check.Say("must have options or option_groups", "");
        }

        return check.Wrong;
    }
}
