using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Core.Chat;

/// <summary>Texts that would like to call a channel, pose as a link, turn what stands behind them around or burst a limit.</summary>
internal static class HostileText
{
    private static readonly string[] Hostile =
    [
        "", " ", "\n", "\r\n\r\n", "\t", "<!channel>", "<!here|here>", "<@U00000001>", "<https://evil.example|Sign in>", "@channel @here @everyone", "`code` ```block``` *b* _i_ ~s~",
        "[Sign in](https://evil.example)", "@{igor}", "**", "\\", "&amp;&lt;", "\u202egnp.exe", "\u2066\u2069", "\0\u0001\u001b[31m\u007f\u0085", "مرحبا بالعالم", "👩‍👩‍👧‍👦", "\ud800", "\udc00\ud800",
        new string('x', 30_000), string.Concat(Enumerable.Repeat("😀", 15_000)), "x" + string.Concat(Enumerable.Repeat("😀", 1_500)), string.Concat(Enumerable.Repeat("<!channel>&", 2_000)), new string('\n', 4_000),
    ];

    /// <summary>One of them, two of them, or any text at all.</summary>
    public static readonly Gen<string> Any = Gen.OneOf(Gen.Elements(Hostile), Gen.Elements(Hostile).Two().Select(pair => pair.Item1 + pair.Item2), ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));

    /// <summary>In what is drawn nobody is called but the user U00000002 (igor), nothing leads anywhere but to the web, and nothing invisible is left.</summary>
    public static void IsHarmless(JsonNode blocks)
    {
        foreach (var node in Objects(blocks))
        {
            Assert.NotEqual("mrkdwn", (string?)node["type"]);
            if ((string?)node["type"] == "user")
            {
                Assert.Equal("U00000002", (string?)node["user_id"]);
            }

            if ((string?)node["type"] == "link")
            {
                Assert.Contains(new Uri((string)node["url"]!).Scheme, new[] { "http", "https" });
            }

            if (node["text"] is JsonValue words)
            {
                Assert.DoesNotContain((string)words!, c => c is '\u202e' or '\u2066' or '\0' or '\u001b');
            }
        }
    }

    /// <summary>All objects in it, from the outside in.</summary>
    public static IEnumerable<JsonObject> Objects(JsonNode node) => node switch
    {
        JsonObject one => one.SelectMany(child => child.Value is null ? [] : Objects(child.Value)).Prepend(one),
        JsonArray list => list.SelectMany(child => child is null ? [] : Objects(child)),
        _ => [],
    };
}
