using ChatOps.Core.Chat;

namespace ChatOps.Tests.Conformance;

/// <summary>What every chat platform promises to the delivery worker: <see cref="IChatPlatform"/> in examples.</summary>
public abstract class ChatPlatformContract
{
    protected const string Channel = "on-call";

    private protected abstract IChatPlatform Platform { get; }

    [Fact]
    public async Task What_was_posted_stands_there_and_is_found_by_its_token()
    {
        var message = Message("A-1", "Disk full");

        var posted = await Sent(Platform.Post(message, default));

        Assert.Equal(posted, await Sent(Platform.FindPosted(message, default)));
        Assert.Equal([new Standing(posted, Channel, null, "A-1", message.Token, "Disk full")], await Read());
    }

    [Fact]
    public async Task A_token_that_nothing_was_posted_with_is_not_found()
    {
        await Sent(Platform.Post(Message("A-1", "Disk full"), default));

        Assert.IsType<Delivered.NotThere>(await Platform.FindPosted(Message("A-1", "Disk full"), default));
    }

    [Fact]
    public async Task Two_posts_with_two_tokens_are_two_messages_in_the_order_of_their_posting()
    {
        var first = await Sent(Platform.Post(Message("A-1", "Disk full"), default));
        var second = await Sent(Platform.Post(Message("A-1", "Disk full"), default));

        Assert.Equal([first, second], (await Read()).Select(standing => standing.Reference));
    }

    [Fact]
    public async Task An_update_changes_what_stands_there_and_nothing_else()
    {
        var message = Message("A-1", "Disk full");
        var posted = await Sent(Platform.Post(message, default));
        var other = await Sent(Platform.Post(Message("A-2", "Mail down"), default));

        Assert.Equal(posted, await Sent(Platform.Update(posted, message with { Card = new Card("Disk emptied", CardState.Resolved) }, default)));

        Assert.Equal([(posted, "Disk emptied"), (other, "Mail down")], (await Read()).Select(standing => (standing.Reference, standing.Text)));
        Assert.Equal(posted, await Sent(Platform.FindPosted(message, default)));
    }

    [Fact]
    public async Task A_reply_is_in_the_thread_of_its_root()
    {
        var root = await Sent(Platform.Post(Message("A-1", "Disk full"), default));
        var reply = await Sent(Platform.Post(Message("A-1", "Opened.") with { Thread = root }, default));

        Assert.Equal([(root, null), (reply, root)], (await Read()).Select(standing => (standing.Reference, standing.Thread)));
    }

    [Fact]
    public async Task A_message_that_is_not_there_is_gone() =>
        Assert.IsType<Delivered.Gone>(await Platform.Update("no-such-message", Message("A-1", "Disk full"), default));

    private protected static OutgoingMessage Message(string subject, string title) => new(Channel, null, subject, new Card(title, CardState.Firing), Guid.NewGuid().ToString("N"), NodaTime.Instant.FromUtc(2026, 11, 23, 10, 0));

    private protected static async Task<string> Sent(Task<Delivered> outcome) => Assert.IsType<Delivered.Sent>(await outcome).Reference;

    /// <summary>The channel as people see it, the oldest first.</summary>
    private protected abstract Task<IReadOnlyList<Standing>> Read();

    private protected sealed record Standing(string Reference, string Channel, string? Thread, string Subject, string Token, string Text);
}
