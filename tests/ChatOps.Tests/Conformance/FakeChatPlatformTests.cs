using ChatOps.Core.Chat;
using ChatOps.Tests.Fakes;
using NodaTime;

namespace ChatOps.Tests.Conformance;

/// <summary>The fake that the scenarios post to keeps the same promises as the real ones, and so does its client when the server misbehaves.</summary>
public sealed class FakeChatPlatformTests : ChatPlatformContract, IAsyncLifetime, IDisposable
{
    private FakeChat _chat = null!;
    private FakeChatPlatform _platform = null!;

    private protected override IChatPlatform Platform => _platform;

    public async Task InitializeAsync()
    {
        _chat = await FakeChat.Open();
        _platform = new FakeChatPlatform(_chat.Address, TimeSpan.FromSeconds(10));
    }

    public async Task DisposeAsync() => await _chat.DisposeAsync();

    public void Dispose() => _platform.Dispose();

    [Theory]
    [InlineData(nameof(Fault.Broken))]
    [InlineData(nameof(Fault.Reset))]
    [InlineData(nameof(Fault.Hang))]
    [InlineData(nameof(Fault.Gibberish))]
    [InlineData(nameof(Fault.AnswerLost))]
    public async Task Whatever_goes_wrong_on_the_way_is_tried_again_later(string fault)
    {
        var message = Message("A-1", "Disk full");
        var posted = await Sent(Platform.Post(message, default));
        using var impatient = new FakeChatPlatform(_chat.Address, TimeSpan.FromMilliseconds(300));
        foreach (var call in new Func<Task<Delivered>>[]
        {
            () => impatient.Post(message, default), () => impatient.Update(posted, message, default), () => impatient.FindPosted(message, default),
        })
        {
            _chat.NextTime(Enum.Parse<Fault>(fault));
            Assert.NotEmpty(Assert.IsType<Delivered.Later>(await call()).Why);
        }
    }

    [Fact]
    public async Task A_platform_that_asks_for_patience_says_for_how_long()
    {
        _chat.NextTime(Fault.TooMany);

        Assert.Equal(Duration.FromSeconds(7), Assert.IsType<Delivered.Later>(await Platform.Post(Message("A-1", "Disk full"), default)).After);
        Assert.Empty(await Read());
    }

    [Fact]
    public async Task What_the_platform_forbids_is_never_tried_again()
    {
        _chat.NextTime(Fault.Forbidden);

        Assert.IsType<Delivered.Never>(await Platform.Post(Message("A-1", "Disk full"), default));
    }

    [Fact]
    public async Task A_post_whose_answer_was_lost_stands_there_and_is_found_by_its_token()
    {
        var message = Message("A-1", "Disk full");
        _chat.NextTime(Fault.AnswerLost);
        await Platform.Post(message, default);

        Assert.Equal(Assert.Single(await Read()).Reference, await Sent(Platform.FindPosted(message, default)));
    }

    private protected override Task<IReadOnlyList<Standing>> Read() => Task.FromResult<IReadOnlyList<Standing>>(
        [.. _chat.Messages.Select(message => new Standing(message.Reference, message.Channel, message.Thread, message.Subject, message.Token, message.Text))]);
}
