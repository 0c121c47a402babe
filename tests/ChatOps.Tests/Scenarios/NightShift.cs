using System.Text.Json;
using ChatOps.Tests.Fakes;

namespace ChatOps.Tests.Scenarios;

/// <summary>
/// A night on call, by the doors that people and Alertmanager use. Whoever gets no answer asks again, as they do. After each step it waits until both
/// chats show everything, so that the same messages come about in every run, however slow the machine is.
/// </summary>
internal sealed class NightShift(MortalBot bot) : INight
{
    private const string User = "ana";
    private const string Note = "cleaned up the old logs";

    public async Task Work()
    {
        await Command("/oncall join", answer => answer.StartsWith("You are in core", StringComparison.Ordinal));
        await Quiet();

        await Alertmanager("disk", ("db-1", true), ("db-2", true));
        await Quiet();
        await bot.SetAhead(6);
        await bot.When(progress => progress.Entries == 2, "the second step is told");
        await Quiet();

        await Click("A-1", "ack", "You have A-1");
        await Quiet();

        // Nothing tells a note that was stored from the same one once more, so she looks first.
        while (!(await Say("/alert history A-1")).Contains(Note, StringComparison.Ordinal))
        {
            await bot.TryPost("/local/command", new { user = User, channel = "on-call", text = $"/alert note A-1 {Note}" });
        }

        await Quiet();

        await Alertmanager("disk", ("db-1", false), ("db-2", true));
        await Quiet();
        await Alertmanager("disk", ("db-1", false), ("db-2", false));
        await Quiet();

        await Alertmanager("mail", ("mx-1", true));
        await Quiet();
        await Click("A-2", "resolve", "A-2 is");
        await Quiet();
    }

    /// <summary>What stands in the local chat: threads are named by their root's place, since numbers may have gaps.</summary>
    public static async Task<IReadOnlyList<string>> LocalMessages(MortalBot bot)
    {
        using var read = JsonDocument.Parse(await bot.Get("/local/messages?channel=on-call"));
        return Standing([.. read.RootElement.EnumerateArray().Select(message => new FakeMessage(
            message.GetProperty("id").GetString()!, "on-call", message.GetProperty("threadId").GetString(), message.GetProperty("subject").GetString()!, "", message.GetProperty("text").GetString()!, 0))]);
    }

    public static IReadOnlyList<string> Standing(IReadOnlyList<FakeMessage> messages) =>
    [
        .. messages.Select((message, place) => Points.Steady(
            $"{place} in #{message.Channel}, {(message.Thread is { } root ? $"thread of {messages.ToList().FindIndex(each => each.Reference == root)}" : "by itself")}, about {message.Subject}: {message.Text}")),
    ];

    public Task Quiet() => bot.When(progress => progress.Waiting == 0, "both chats show everything");

    public Task<IReadOnlyList<string>> LocalMessages() => LocalMessages(bot);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<string> Alertmanager(string job, params (string Instance, bool Firing)[] alerts) => bot.Post("/hooks/alertmanager", new
    {
        version = "4",
        groupKey = $"{{}}:{{job=\"{job}\"}}",
        receiver = "night",
        status = alerts.Any(alert => alert.Firing) ? "firing" : "resolved",
        alerts = alerts.Select(alert => new
        {
            status = alert.Firing ? "firing" : "resolved",
            labels = new { alertname = $"{job} trouble", job, instance = alert.Instance, severity = "critical" },
            annotations = new { summary = $"{alert.Instance} is in trouble" },
            startsAt = "2026-11-23T02:00:00Z",
            fingerprint = $"{job}-{alert.Instance}",
        }),
    });

    private async Task Click(string alert, string action, string expected)
    {
        using var messages = JsonDocument.Parse(await bot.Get("/local/messages?channel=on-call"));
        var card = messages.RootElement.EnumerateArray().Single(message => message.GetProperty("subject").GetString() == alert && message.GetProperty("threadId").ValueKind == JsonValueKind.Null);
        var answer = Replies(await bot.Post("/local/action", new { user = User, messageId = card.GetProperty("id").GetString(), actionId = action, value = alert }));
        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
    }

    private async Task Command(string text, Predicate<string> isFine)
    {
        var answer = await Say(text);
        Assert.True(isFine(answer), answer);
    }

    private async Task<string> Say(string text) => Replies(await bot.Post("/local/command", new { user = User, channel = "on-call", text }));

    private static string Replies(string answer)
    {
        using var read = JsonDocument.Parse(answer);
        return string.Join('\n', read.RootElement.GetProperty("replies").EnumerateArray().Select(reply => reply.GetProperty("text").GetString()));
    }
}
