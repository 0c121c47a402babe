using ChatOps.Chat.Slack.Api;

namespace ChatOps.Tests.Conformance;

/// <summary>Which channel a name is, and what it takes to find out.</summary>
public sealed partial class SlackPlatformTests
{
    [Fact]
    public async Task A_channel_that_is_not_there_is_waited_for_and_named_while_others_go_on()
    {
        await Later(_platform.Post(Message("A-1", "Disk full") with { Channel = "new" }, default));
        await Sent(Post());
        var look = await _state.Look(default);
        Assert.Equal((false, "request URLs; sending: there is no channel #new that we can see: create it, or invite the app if it is private"), (look.Works, look.State));

        var listed = _slack.Asked("conversations.list");
        await Later(_platform.Post(Message("A-1", "Disk full") with { Channel = "newer" }, default));
        Assert.Equal(listed, _slack.Asked("conversations.list"));

        _slack.Channels.Add("new");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Sent(_platform.Post(Message("A-1", "Disk full") with { Channel = "new" }, default));
        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.True((await _state.Look(default)).Works); // nobody waits for the other one any more
    }

    [Fact]
    public async Task Where_a_list_was_broken_off_only_whoever_was_told_to_wait_goes_on()
    {
        _slack.Workspace.PageAtMost = 1;
        _slack.Channels.Add("second");
        _slack.Channels.Add("third");
        Assert.Equal("C00000002", await _channels.IdOf("second", default));
        Assert.Equal("C00000003", await _channels.IdOf("third", default));
        Assert.Equal(5, _slack.Asked("conversations.list")); // each from the beginning

        _slack.Channels.Add("fourth");
        _slack.Channels.Add("fifth");
        await Assert.ThrowsAsync<SlackException>(() => _channels.IdOf("fifth", default)); // eight at once
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("C00000005", await _channels.IdOf("fifth", default));
        Assert.Equal(10, _slack.Asked("conversations.list"));
    }

    [Fact]
    public async Task A_list_begins_anew_where_Slack_has_forgotten_the_place()
    {
        _slack.Workspace.PageAtMost = 1;
        for (var number = 2; number <= 9; number++)
        {
            _slack.Channels.Add($"channel-{number}");
        }

        await Assert.ThrowsAsync<SlackException>(() => _channels.IdOf("channel-9", default)); // eight at once
        _clock.Advance(TimeSpan.FromMinutes(1));
        _slack.FailNext("conversations.list", "invalid_cursor");
        await Assert.ThrowsAsync<SlackException>(() => _channels.IdOf("channel-9", default));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("C00000009", await _channels.IdOf("channel-9", default));
        Assert.Equal(8 + 8 + 2, _slack.Asked("conversations.list"));
    }

    [Fact]
    public async Task A_channel_that_can_no_longer_be_used_is_looked_for_anew_and_the_others_stay_known()
    {
        _slack.Channels.Add("other");
        await _channels.IdOf("other", default);
        var listed = _slack.Asked("conversations.list");
        var old = _slack.Channels["other"];
        (old.Archived, old.Name) = (true, "other-old");
        var made = _slack.Channels.Add("other");
        await Later(_platform.Post(Message("A-1", "Disk full") with { Channel = "other" }, default));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith(made.Id, await Sent(_platform.Post(Message("A-1", "Disk full") with { Channel = "other" }, default)), StringComparison.Ordinal);
        await Sent(Post());
        Assert.Equal(listed + 1, _slack.Asked("conversations.list"));
    }

    [Fact]
    public async Task A_public_channel_that_we_are_not_in_is_joined()
    {
        _slack.Workspace.Scopes.Remove("chat:write.public");
        _slack.Channels.Add("other", withBot: false);
        var message = Message("A-1", "Disk full") with { Channel = "other" };
        Assert.True((await Later(_platform.Post(message, default))).Expected);
        Assert.Equal((false, 1), (_slack.Messages.In("other").Any(), _slack.Asked("conversations.join")));

        _clock.Advance(TimeSpan.FromSeconds(2));
        await Sent(Platform.Post(message, default));
    }

    [Fact]
    public async Task To_look_for_a_message_a_channel_is_joined_too()
    {
        _slack.Channels.Add("other", withBot: false);
        var message = Message("A-1", "Disk full") with { Channel = "other" };
        var posted = await Sent(Platform.Post(message, default));
        Assert.True((await Later(_platform.FindPosted(message, default))).Expected);
        Assert.Equal(posted, await Sent(Platform.FindPosted(message, default)));
    }
}
