using System.Text.Json;
using ChatOps.Benchmarks.Servers;

namespace ChatOps.Benchmarks.Loads;

/// <summary>What people do in the local chat: commands that read, commands that write, clicks.</summary>
internal static class PeopleLoads
{
    private const int People = 8;
    private const int Noted = 100;

    // The channel gives its newest thousand messages, and a new alert is two of them.
    private const int AtOnce = 400;

    public static IEnumerable<Load> All(AlertBodies bodies)
    {
        yield return Load.Of("who", "the command /oncall who", count => [.. Enumerable.Range(0, count).Select(i => Command(i, "/oncall who"))]);
        yield return new Load("note", "the command /alert note, which writes", async (server, count, cancel) =>
        {
            var cards = await Cards(server, bodies, "noted", Noted, cancel);
            return [.. Enumerable.Range(0, count).Select(i => Command(i, $"/alert note {cards[i % Noted].Alert} load {i}"))];
        });
        yield return new Load("ack", "a click on Acknowledge, each on another alert", async (server, count, cancel) =>
        {
            var cards = await Cards(server, bodies, "acked", count, cancel);
            return [.. cards.Select((card, i) => new Shot("/local/action", JsonSerializer.SerializeToUtf8Bytes(new { user = Person(i), messageId = card.Message, actionId = "ack", value = card.Alert })))];
        });
    }

    private static Shot Command(int i, string text) => new("/local/command", JsonSerializer.SerializeToUtf8Bytes(new { user = Person(i), channel = "on-call", text }));

    private static string Person(int i) => $"load {i % People}";

    /// <summary>Opens that many alerts and waits until their cards stand in the channel.</summary>
    private static async Task<IReadOnlyList<(string Message, string Alert)>> Cards(Server server, AlertBodies bodies, string name, int count, CancellationToken cancel)
    {
        var cards = new Dictionary<string, string>();
        foreach (var part in Enumerable.Range(0, count).Chunk(AtOnce))
        {
            var before = cards.Count;
            await server.Feed([.. part.Select(i => new Shot(MonitoringLoads.WebhookPath, bodies.Webhook($"{name}{i}", 1)))], cancel);
            using var messages = await server.Read("/local/messages?channel=on-call", cancel);
            foreach (var message in messages.RootElement.EnumerateArray().Reverse().Where(IsOpen).Take(part.Length))
            {
                cards[message.GetProperty("id").GetString()!] = message.GetProperty("subject").GetString()!;
            }

            if (cards.Count != before + part.Length)
            {
                throw new ServerException($"Of {part.Length} new alerts {cards.Count - before} stand in the channel #on-call.");
            }
        }

        return [.. cards.Select(card => (card.Key, card.Value))];
    }

    private static bool IsOpen(JsonElement message) => message.GetProperty("buttons").EnumerateArray().Any(button => button.GetProperty("actionId").GetString() == "ack");
}
