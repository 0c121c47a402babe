using ChatOps.Chat.Slack.Incoming;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOps.Tests.Core.Chat;

/// <summary>Slack's three seconds begin when it speaks, not when we have stored what it said.</summary>
public sealed class SlackDeadlineTests
{
    [Fact]
    public async Task What_storing_took_is_not_there_for_the_handler_any_more()
    {
        var clock = new FakeTimeProvider();
        using var work = new SlackWork(NullLogger<SlackWork>.Instance);
        var deadline = SlackDeadline.From(clock);
        clock.Advance(TimeSpan.FromSeconds(1.5));
        var never = new TaskCompletionSource<string>();
        var heard = new SlackHandling("1", null, work, deadline).InTime(_ => never.Task, _ => throw new InvalidOperationException(), (_, _) => Task.CompletedTask);
        clock.Advance(TimeSpan.FromSeconds(0.4));
        Assert.False(heard.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Same(SlackReply.Empty, await heard.WaitAsync(TimeSpan.FromSeconds(5)));
        never.SetResult("");
    }

    [Fact]
    public async Task When_there_is_no_time_left_what_is_done_is_still_told()
    {
        var clock = new FakeTimeProvider();
        var deadline = SlackDeadline.From(clock);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(7, await deadline.Wait(Task.FromResult(7)));
        await Assert.ThrowsAsync<TimeoutException>(() => deadline.Wait(new TaskCompletionSource<int>().Task));
    }
}
