using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>What a person reads of a message: one line a block, names for mentions, the labels of links, no marks.</summary>
internal static partial class VisibleText
{
    public static string Of(FakeSlackMessage message) =>
        message.Blocks is { Count: > 0 } blocks ? Of(blocks, message.Workspace) : Mrkdwn(message.Text, message.Workspace);

    public static string Of(JsonArray blocks, Workspace workspace) =>
        string.Join('\n', blocks.OfType<JsonObject>().Select(block => Block(block, workspace)).Where(text => text.Length > 0));

    /// <summary>The text of a text object that is taken as it is.</summary>
    public static string Plain(JsonNode? text) => (string?)(text as JsonObject)?["text"] ?? "";

    public static string Mrkdwn(string text, Workspace workspace) =>
        WebUtility.HtmlDecode(Marks().Replace(Angles().Replace(text, found => Named(found.Groups[1].Value, workspace)), "$2"));

    private static string Block(JsonObject block, Workspace workspace)
    {
        string[] parts = (string?)block["type"] switch
        {
            "section" => [Text(block["text"], workspace), .. Each(block["fields"], workspace), Text(block["accessory"], workspace)],
            "header" => [Plain(block["text"])],
            "context" or "actions" => [string.Join(" ", Each(block["elements"], workspace).Where(text => text.Length > 0))],
            "input" => [Plain(block["label"]), Text(block["element"], workspace), Plain(block["hint"])],
            "image" => [Plain(block["title"]), (string?)block["alt_text"] ?? ""],
            "markdown" => [(string?)block["text"] ?? ""],
            "rich_text" => [.. (block["elements"] as JsonArray ?? []).Select(section => string.Concat((section?["elements"] as JsonArray ?? []).Select(run => Run(run!, workspace))))],
            _ => [],
        };
        return string.Join('\n', parts.Where(part => part.Length > 0));
    }

    private static string Run(JsonNode run, Workspace workspace) => (string?)run["type"] switch
    {
        "user" => $"@{workspace.Users.Find((string)run["user_id"]!)?.Name ?? $"{run["user_id"]}?"}",
        "link" => (string?)run["text"] ?? (string)run["url"]!,
        _ => (string?)run["text"] ?? "",
    };

    private static IEnumerable<string> Each(JsonNode? elements, Workspace workspace) => (elements as JsonArray ?? []).Select(element => Text(element, workspace));

    private static string Text(JsonNode? node, Workspace workspace) => (string?)(node as JsonObject)?["type"] switch
    {
        "mrkdwn" => Mrkdwn(Plain(node), workspace),
        "plain_text" => Plain(node),
        "button" => $"[{Plain(node!["text"])}]",
        "image" => (string?)node!["alt_text"] ?? "",
        null => "",
        _ => node!["placeholder"] is { } placeholder ? $"[{Plain(placeholder)}]" : "",
    };

    private static string Named(string inside, Workspace workspace)
    {
        var parts = inside.Split('|', 2);
        return inside[0] switch
        {
            '@' => $"@{workspace.Users.Find(parts[0][1..])?.Name ?? $"{parts[0][1..]}?"}",
            '#' => $"#{workspace.Channels.ById(parts[0][1..])?.Name ?? $"{parts[0][1..]}?"}",
            '!' when inside.StartsWith("!subteam^", StringComparison.Ordinal) => $"@{workspace.Groups.Find(parts[0]["!subteam^".Length..])?.Handle ?? "?"}",
            '!' => parts.Length > 1 ? parts[1] : $"@{parts[0][1..]}",
            _ => parts.Length > 1 ? parts[1] : parts[0],
        };
    }

    [GeneratedRegex("<([^<>\n]+)>")]
    private static partial Regex Angles();

    /// <summary>Bold, italic, struck and code, where the marks stand at the edges of words.</summary>
    [GeneratedRegex(@"(?<![\w*_~`])(\*|_|~|```|`)(?=\S)([^\n]+?)(?<=\S)\1(?![\w*_~`])")]
    private static partial Regex Marks();
}
