using ChatOps.Chat.Slack.Api;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace ChatOps.Tests.Adapters;

public sealed class SlackPaceTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_message_that_was_long_on_its_way_holds_the_next_one_up()
    {
        var pace = new SlackPace(_clock);
        Assert.Null(pace.Take("chat.postMessage", "C1"));
        _clock.Advance(TimeSpan.FromMilliseconds(900));
        pace.Answered("chat.postMessage", "C1");
        _clock.Advance(TimeSpan.FromMilliseconds(900));
        Assert.Equal(Duration.FromMilliseconds(100), pace.Take("chat.postMessage", "C1"));
        Assert.Null(pace.Take("chat.postMessage", "C2"));
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Null(pace.Take("chat.postMessage", "C1"));
    }

    [Fact]
    public void An_answer_at_once_takes_nothing_off_the_second()
    {
        var pace = new SlackPace(_clock);
        Assert.Null(pace.Take("chat.postMessage", "C1"));
        pace.Answered("chat.postMessage", "C1");
        Assert.Equal(SlackPace.BetweenPosts, pace.Take("chat.postMessage", "C1"));
    }
}
