using System.Net;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.Slack;
using Xunit.Abstractions;

namespace ChatOps.Tests.Scenarios;

/// <summary>What the bot sends: once, in order, and as fast as Slack lets it.</summary>
[Collection(Alone)]
public sealed class SlackPaceScenarios(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>Those that measure time by the real clock, beside no other test.</summary>
    public const string Alone = "Slack by the real clock";

    private BotOnSlack _bot = null!;

    private FakeSlack Slack => _bot.Slack;

    public async Task InitializeAsync() => _bot = await BotOnSlack.Start(
        Transport.Http, "--Routes:0:Match:team=blue", "--Routes:0:Channel=blue", "--Routes:1:Match:team=green", "--Routes:1:Channel=green");

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task Twenty_messages_at_once_take_twenty_seconds_and_are_in_order_and_other_channels_do_not_wait_for_them()
    {
        Slack.Channels.Add("blue");
        Slack.Channels.Add("green");
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 1; i <= 10; i++)
        {
            // Each is a card and the first line of its thread.
            foreach (var team in i <= 6 ? new[] { "red", "blue", "green" } : ["red"])
            {
                await _bot.Hook(AlertmanagerHook.Firing($"{team}-{i:D2}", new() { ["team"] = team }));
            }
        }

        foreach (var channel in new[] { "blue", "green" })
        {
            await _bot.Shows(messages => messages.Count == 12, channel);
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(15));
        await _bot.Shows(messages => messages.Count == 20);

        var took = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine($"{took}, looked up {Slack.Asked("conversations.history")} + {Slack.Asked("conversations.replies")}, {Slack.Limits.Refused} x 429");
        Assert.InRange(took, TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(23));
        foreach (var channel in new[] { "on-call", "blue", "green" })
        {
            var cards = _bot.Posts(channel).Where(message => message.Thread is null).Select(message => message.Visible.Split('\n')[0]).ToList();
            Assert.Equal(cards.Order(StringComparer.Ordinal), cards);
            var threads = _bot.Posts(channel).Where(message => message.Thread is not null).Select(message => message.Thread).ToList();
            Assert.Equal(_bot.Posts(channel).Where(message => message.Thread is null).Select(message => message.Ts), threads);
        }

        Assert.Equal(0, Slack.Asked("conversations.history") + Slack.Asked("conversations.replies"));
        Assert.DoesNotContain(_bot.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("cannot be shown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bodies_of_25_megabytes_that_nobody_signed_cost_no_memory()
    {
        await Slack.Raw.Unsigned();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(PostMuch)));
        var took = GC.GetTotalAllocatedBytes(precise: true) - before;
        output.WriteLine($"{took / 1_000_000.0:0.0} MB were allocated");
        Assert.InRange(took, 0, 50_000_000);
        Assert.Equal(401, (await Slack.Raw.Unsigned()).Status);
    }

    /// <summary>Without saying how long it is, and never more than a little of it in memory here.</summary>
    private async Task PostMuch()
    {
        using var http = new HttpClient();
        using var content = new PushedContent(25_000_000);
        try
        {
            using var response = await http.PostAsync(new Uri(Slack.Bot!, "event"), content);
            Assert.Equal(401, (int)response.StatusCode);
        }
        catch (HttpRequestException)
        {
            // It does not even read to the end.
        }
    }

    private sealed class PushedContent(int bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var part = new byte[64 * 1024];
            for (var sent = 0; sent < bytes; sent += part.Length)
            {
                await stream.WriteAsync(part);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class ByTheRealClock;
}
