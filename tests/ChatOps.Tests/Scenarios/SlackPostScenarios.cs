using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.Slack;

namespace ChatOps.Tests.Scenarios;

/// <summary>Each message is there once, whatever becomes of answers and of the message itself, and many changes are few calls.</summary>
public sealed class SlackPostScenarios : IAsyncLifetime
{
    private BotOnSlack _bot = null!;

    private FakeSlack Slack => _bot.Slack;

    public async Task InitializeAsync() => _bot = await BotOnSlack.Start(Transport.Http);

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task A_post_whose_answer_was_lost_is_found_by_the_next_process_and_is_there_once()
    {
        Slack.FailNext("chat.postMessage", Fault.AnswerLost);
        await _bot.Hook(AlertmanagerHook.Firing("DiskFull"));
        await _bot.Shows(messages => messages.Count == 1);
        await _bot.Stop();
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System); // the next process does not know when this one posted
        await _bot.Start();
        await _bot.Shows(messages => messages.Count >= 2);
        Assert.Single(_bot.Posts(), message => message.Thread is null);
        Assert.Equal(1, Slack.Asked("conversations.history"));
    }

    [Fact]
    public async Task A_reply_whose_answer_was_lost_is_there_once()
    {
        await _bot.Hook(AlertmanagerHook.Firing("DiskFull"));
        await _bot.Shows(messages => messages.Count == 1);
        Slack.FailNext("chat.postMessage", Fault.AnswerLost);
        await World.Until(() => Task.FromResult(Slack.Asked("conversations.replies") == 1), "it is not looked up");
        await _bot.Shows(messages => messages.Count >= 2);
        Assert.Equal(_bot.Posts().Count, _bot.Posts().Select(message => message.Visible).Distinct().Count());
    }

    [Fact]
    public async Task A_message_that_somebody_deleted_is_posted_anew_with_its_next_change()
    {
        await _bot.Hook(AlertmanagerHook.Firing("DiskFull"));
        var card = (await _bot.Shows(messages => messages.Count == 2))[0];
        Slack.Messages.Change(card, now => now with { Deleted = true });
        Assert.Null((await Slack.Click("igor", card, "ack")).Failure);
        await _bot.Shows(messages => messages.Any(message => message.Thread is null && message.Visible.StartsWith("🟠 Acknowledged: ", StringComparison.Ordinal)));
    }
}
