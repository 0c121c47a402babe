using System.Text.Json.Nodes;

namespace ChatOps.Tests.Scenarios;

/// <summary>What Slack should never send, and how long it waits for us.</summary>
public sealed partial class SlackSocketScenarios
{
    [Fact]
    public async Task An_address_that_is_none_does_not_end_its_keeper()
    {
        var (usual, asked) = (Slack.Workspace.NewSocketUrl, 0);
        Slack.Workspace.NewSocketUrl = () => Interlocked.Increment(ref asked) <= 4 ? "ftp://nowhere.example" : usual();
        Slack.Sockets.Reset();
        await _bot.Listens();
        Assert.InRange(asked, 6, 10);
        await Works();
    }

    [Fact]
    public async Task A_message_without_an_end_ends_its_socket_and_not_the_bot()
    {
        try
        {
            await Slack.Sockets.Live[0].Send(new JsonObject { ["type"] = "events_api", ["envelope_id"] = "1", ["payload"] = new string('x', 2_000_000) });
        }
        catch (ObjectDisposedException)
        {
            // The bot was quicker.
        }

        await World.Until(() => Task.FromResult(_bot.Log.Lines.Any(line => line.Contains("a message of more than 1048576 bytes", StringComparison.Ordinal))), "it is read");
        await _bot.Listens();
        await Works();
    }

    [Fact]
    public async Task An_acknowledgement_is_quick()
    {
        await Works();
        var (commands, events) = (new List<double>(), new List<double>());
        for (var i = 0; i < 20; i++)
        {
            commands.Add((await Slack.Command("igor", "on-call", "/oncall", "who")).Answer.Took.TotalMilliseconds);
            events.Add((await Slack.Message("igor", "on-call", "nothing for the bot")).Answer.Took.TotalMilliseconds);
        }

        output.WriteLine($"half of the commands are acknowledged within {commands.Order().ElementAt(10):0.0} ms, half of the events within {events.Order().ElementAt(10):0.0} ms; the slowest took {commands.Concat(events).Max():0.0} ms");
        Assert.True(commands.Concat(events).Max() < 1_000);
    }
}
