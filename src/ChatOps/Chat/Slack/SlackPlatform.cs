using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Blocks;
using ChatOps.Core.Chat;
using NodaTime;

namespace ChatOps.Chat.Slack;

/// <summary>
/// Slack as the delivery worker sees it. A message's reference is <c>C0123/1700000000.000100</c>: Slack needs both to find it again. Our token is in the
/// message's metadata, so that a post whose answer was lost is found in the channel's history and not posted twice.
/// </summary>
internal sealed class SlackPlatform(ISlackApi slack, SlackChannels channels, SlackPeople people, SlackState state, SlackPace pace) : IChatPlatform
{
    public const string PlatformName = "slack";

    private readonly SlackSearch _search = new(slack);

    public string Name => PlatformName;

    public PlatformAbilities Abilities =>
        PlatformAbilities.Buttons | PlatformAbilities.Forms | PlatformAbilities.Ephemeral | PlatformAbilities.Edit | PlatformAbilities.Threads;

    public Duration? UntilPost(string channel) => channels.Known(channel) is { } id ? pace.UntilPost(id) : null;

    public Task<Delivered> Post(OutgoingMessage message, CancellationToken cancel) => In(
        message.Channel,
        async channel =>
        {
            var (text, blocks) = await Draw(message, cancel);
            var posting = new NewMessage(channel, text, blocks)
            {
                ThreadTs = message.Thread is { } root ? TsOf(root) : null,
                ReplyBroadcast = message is { Thread: not null, Aloud: true } ? true : null,
                Metadata = MessageMetadata.Of(message.Token),
            };
            return new Delivered.Sent(ReferenceOf(await slack.PostMessage(posting, cancel)));
        },
        cancel);

    public Task<Delivered> Update(string reference, OutgoingMessage message, CancellationToken cancel) => SlackOutcome.Of(
        message.Channel,
        state,
        async () =>
        {
            if (!reference.Contains('/'))
            {
                return new Delivered.Gone(); // no message of Slack's
            }

            var (text, blocks) = await Draw(message, cancel);
            await slack.UpdateMessage(new ChangedMessage(ChannelOf(reference), TsOf(reference), text, blocks) { Metadata = MessageMetadata.Of(message.Token) }, cancel);
            return new Delivered.Sent(reference);
        },
        cancel);

    public Task<Delivered> FindPosted(OutgoingMessage message, CancellationToken cancel) => In(message.Channel, channel => _search.Find(channel, message, cancel), cancel);

    public static string ChannelOf(string reference) => reference.Split('/')[0];

    public static string TsOf(string reference) => reference.Split('/')[^1];

    public static string ReferenceOf(PostedMessage message) => $"{message.Channel}/{message.Ts}";

    /// <summary>What stands in a thread says what it is about wherever it is seen without the thread: on a locked phone, and in the channel.</summary>
    private async Task<(string Text, IReadOnlyList<Block> Blocks)> Draw(OutgoingMessage message, CancellationToken cancel)
    {
        var users = await people.Mentioned([message.Card], cancel);
        var drawing = new CardBlocks(users.GetValueOrDefault);
        var titled = message.About is { } about ? message.Card with { Title = about } : message.Card;
        return (drawing.TextOf(titled), drawing.Of(message.Aloud ? titled : message.Card));
    }

    /// <summary>Something in a channel. A public one that we are not in yet lets us in.</summary>
    private Task<Delivered> In(string name, Func<string, Task<Delivered>> act, CancellationToken cancel) => SlackOutcome.Of(
        name,
        state,
        async () =>
        {
            if (await channels.IdOf(name, cancel) is not { } channel)
            {
                return SlackOutcome.NoChannel(name);
            }

            try
            {
                return await act(channel);
            }
            catch (SlackException outside) when (outside.Error == "not_in_channel")
            {
                await slack.Join(channel, cancel);
                throw new SlackException(SlackFault.Busy, outside.Method, "we have just joined the channel") { RetryAfter = SlackPace.BetweenPosts, IsOwnPace = true };
            }
            catch (SlackException elsewhere) when (elsewhere.Error is "channel_not_found" or "is_archived")
            {
                channels.Forget(channel);
                throw;
            }
        },
        cancel);
}
