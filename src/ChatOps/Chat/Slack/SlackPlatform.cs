using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Blocks;
using ChatOps.Core.Chat;
using NodaTime;

namespace ChatOps.Chat.Slack;

/// <summary>
/// Slack as the delivery worker sees it. A message's reference is <c>C0123/1700000000.000100</c>: Slack needs both to find it again. Our token is in the
/// message's metadata, so that a post whose answer was lost is found in the channel's history and not posted twice.
/// </summary>
internal sealed class SlackPlatform(ISlackApi slack, SlackChannels channels, SlackPeople people, SlackState state) : IChatPlatform
{
    public const string PlatformName = "slack";

    private const int Searched = 200;

    private static readonly Duration AfterFault = Duration.FromSeconds(5);

    // A revoked token, a channel that is not there yet: an admin has to do something, and then it goes on by itself.
    private static readonly Duration AfterAdmin = Duration.FromMinutes(1);

    public string Name => PlatformName;

    public PlatformAbilities Abilities =>
        PlatformAbilities.Buttons | PlatformAbilities.Forms | PlatformAbilities.Ephemeral | PlatformAbilities.Edit | PlatformAbilities.Threads;

    public Task<Delivered> Post(OutgoingMessage message, CancellationToken cancel) => Do(
        async () =>
        {
            if (await channels.IdOf(message.Channel, cancel) is not { } channel)
            {
                return NoChannel(message.Channel);
            }

            var posting = new NewMessage(channel, CardBlocks.TextOf(message.Card), await Blocks(message.Card, cancel))
            {
                ThreadTs = message.Thread is { } root ? TsOf(root) : null,
                ReplyBroadcast = message is { Thread: not null, Aloud: true } ? true : null,
                Metadata = MessageMetadata.Of(message.Token),
            };
            return new Delivered.Sent(ReferenceOf(await PostInto(posting, cancel)));
        },
        cancel);

    public Task<Delivered> Update(string reference, OutgoingMessage message, CancellationToken cancel) => Do(
        async () =>
        {
            var (channel, ts) = (ChannelOf(reference), TsOf(reference));
            await slack.UpdateMessage(
                new ChangedMessage(channel, ts, CardBlocks.TextOf(message.Card), await Blocks(message.Card, cancel)) { Metadata = MessageMetadata.Of(message.Token) }, cancel);
            return new Delivered.Sent(reference);
        },
        cancel);

    public Task<Delivered> FindPosted(OutgoingMessage message, CancellationToken cancel) => Do(
        async () =>
        {
            if (await channels.IdOf(message.Channel, cancel) is not { } channel)
            {
                return NoChannel(message.Channel);
            }

            // A minute before the intent: Slack's clock and ours are not the same.
            var oldest = (message.IntendedAt - Duration.FromMinutes(1)).ToUnixTimeSeconds();
            var found = await slack.History(channel, message.Thread is { } root ? TsOf(root) : null, $"{oldest}.000000", Searched, cancel);
            return found.FirstOrDefault(posted => posted.Metadata?.EventPayload.Token == message.Token) is { } there
                ? new Delivered.Sent($"{channel}/{there.Ts}")
                : new Delivered.NotThere();
        },
        cancel);

    public static string ChannelOf(string reference) => reference.Split('/')[0];

    public static string TsOf(string reference) => reference.Split('/')[^1];

    public static string ReferenceOf(PostedMessage message) => $"{message.Channel}/{message.Ts}";

    private async Task<IReadOnlyList<Block>> Blocks(Card card, CancellationToken cancel)
    {
        var users = await people.Mentioned([card], cancel);
        return new CardBlocks(users.GetValueOrDefault).Of(card);
    }

    /// <summary>A public channel that we are not in yet lets us in.</summary>
    private async Task<PostedMessage> PostInto(NewMessage message, CancellationToken cancel)
    {
        try
        {
            return await slack.PostMessage(message, cancel);
        }
        catch (SlackException outside) when (outside.Error == "not_in_channel")
        {
            await slack.Join(message.Channel, cancel);
            throw new SlackException(SlackFault.Busy, outside.Method, "we have just joined the channel") { RetryAfter = SlackPace.BetweenPosts };
        }
    }

    private static Delivered.Later NoChannel(string name) => new(AfterAdmin, $"there is no channel #{name} that we can see: create it, or invite the app if it is private");

    private async Task<Delivered> Do(Func<Task<Delivered>> call, CancellationToken cancel)
    {
        try
        {
            var done = await call();
            state.Sends(done is Delivered.Later later ? later.Why : null);
            return done;
        }
        catch (SlackException fault) when (!cancel.IsCancellationRequested)
        {
            state.Sends(fault.Fault == SlackFault.Busy ? null : fault.Message);
            return fault switch
            {
                { Fault: SlackFault.Busy } => new Delivered.Later(fault.RetryAfter ?? AfterFault, fault.Message) { Expected = true },
                { Fault: SlackFault.Unreachable } => new Delivered.Later(AfterFault, fault.Message),
                { Error: "message_not_found" or "thread_not_found" } => new Delivered.Gone(),
                { Error: "invalid_auth" or "not_authed" or "account_inactive" or "token_revoked" or "token_expired" or "missing_scope" or "not_in_channel" or "channel_not_found" or "is_archived" or "org_login_required" or "ekm_access_denied" } =>
                    new Delivered.Later(AfterAdmin, fault.Needed is { } scope ? $"{fault.Message}: the app needs the scope {scope}" : fault.Message),
                _ => new Delivered.Never(fault.Message),
            };
        }
    }
}
