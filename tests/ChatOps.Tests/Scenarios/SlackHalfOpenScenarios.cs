using ChatOps.Chat.Slack.Socket;
using ChatOps.Tests.Fakes.Slack;
using Xunit.Abstractions;

namespace ChatOps.Tests.Scenarios;

/// <summary>Slack's machine is gone without a word, with the times that are set in earnest: nothing but an unanswered ping tells.</summary>
public sealed class SlackHalfOpenScenarios(ITestOutputHelper output)
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(35);

    [Fact]
    public async Task It_is_noticed_and_replaced_in_time()
    {
        var times = new SocketTimes();
        Assert.True((times.Ping * 2) + SocketTimes.OpeningFor(0) < Most);
        await using var bot = await BotOnSlack.Start(Transport.Socket, times);
        var began = TimeProvider.System.GetTimestamp();
        bot.Slack.Sockets.Freeze();
        await World.Until(() => Task.FromResult(bot.Slack.Sockets.Live.Count == 2), "it is not noticed", Most);
        output.WriteLine($"{TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
        Assert.Null((await bot.Slack.Command("igor", "on-call", "/oncall", "who")).Failure);
    }
}
