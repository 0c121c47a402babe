using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatOps.Chat.Slack.Incoming;

namespace ChatOps.Benchmarks.Loads;

/// <summary>What Slack sends: commands and clicks, signed. Each has a trigger of its own, because the bot answers one that it knows as before.</summary>
internal static class SlackLoads
{
    public const string SigningSecret = "signing-secret-of-the-benchmark";
    public const string HookSecret = "hook-secret-of-the-benchmark";

    private const int People = 8;

    // Each click needs an alert of its own, which costs more than the click.
    private const int AcksOf = 10;

    private static readonly MediaTypeHeaderValue Form = new("application/x-www-form-urlencoded");

    /// <param name="opensAlerts">Whether the server has alerts to acknowledge.</param>
    public static IEnumerable<Load> All(bool opensAlerts)
    {
        yield return Load.Of("who", "the slash command /oncall who, signed", count => [.. Enumerable.Range(0, count).Select(Who)]);
        yield return new Load("ack", "a signed click on Acknowledge, each on another alert", async (server, count, cancel) =>
        {
            if (opensAlerts)
            {
                var bodies = new AlertBodies(TimeProvider.System);
                await server.SendAll([.. Enumerable.Range(0, count).Select(i => new Shot(MonitoringLoads.WebhookPath, bodies.Webhook($"slack{i}", 1)) { Headers = [new("Authorization", $"Bearer {HookSecret}")] })], cancel);
            }

            return [.. Enumerable.Range(1, count).Select(Ack)];
        }, Share: AcksOf);
    }

    private static Shot Who(int i) => Signed("/slack/command", new()
    {
        ["token"] = "deprecated",
        ["team_id"] = "T00000001",
        ["team_domain"] = "status",
        ["channel_id"] = "C00000001",
        ["channel_name"] = "on-call",
        ["user_id"] = User(i),
        ["user_name"] = $"user{i % People}",
        ["command"] = "/oncall",
        ["text"] = "who",
        ["api_app_id"] = "A00000001",
        ["is_enterprise_install"] = "false",
        ["trigger_id"] = $"1.who.{i}",
    });

    private static Shot Ack(int i) => Signed("/slack/action", new()
    {
        ["payload"] = JsonSerializer.Serialize(new
        {
            type = "block_actions",
            user = new { id = User(i), username = $"user{i % People}", name = $"user{i % People}", team_id = "T00000001" },
            api_app_id = "A00000001",
            token = "deprecated",
            container = new { type = "message", message_ts = "1700000000.000100", channel_id = "C00000001", is_ephemeral = false },
            trigger_id = $"1.ack.{i}",
            team = new { id = "T00000001", domain = "status" },
            channel = new { id = "C00000001", name = "on-call" },
            actions = new[] { new { action_id = "ack", block_id = "buttons", type = "button", value = $"A-{i}", action_ts = "1700000000.000200" } },
        }),
    });

    private static string User(int i) => $"U0000000{i % People}";

    private static Shot Signed(string path, Dictionary<string, string> fields)
    {
        var body = Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}")));
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new Shot(path, body)
        {
            Type = Form,
            Headers =
            [
                new("X-Slack-Request-Timestamp", now.ToString(CultureInfo.InvariantCulture)),
                new("X-Slack-Signature", $"v0={Convert.ToHexStringLower(SlackSignature.Sign(SigningSecret, now, body))}"),
            ],
        };
    }
}
