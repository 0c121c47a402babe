using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Leases;

namespace ChatOps.Chat.Slack.Following;

/// <summary>Files that belong to a message are put into its thread, once each. A crash at the wrong moment may put one there twice.</summary>
internal sealed class ThreadFiles(ISlackApi slack, SlackNotices notices)
{
    /// <param name="key">What it is remembered by.</param>
    /// <param name="message">Where the message stands; nothing happens before it does.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="title">What stands above it.</param>
    /// <param name="bytes">Makes it.</param>
    /// <param name="tenure">The right to do so.</param>
    public async Task Put(string key, Shown message, string name, string title, Func<byte[]> bytes, Tenure tenure)
    {
        if (message.Reference is not { } reference || (await notices.Remembered(key, tenure.Ended)).Wrote is not null)
        {
            return;
        }

        tenure.ThrowIfOver();
        var channel = SlackPlatform.ChannelOf(reference);
        // Messages may be posted into a public channel from outside; files may not.
        if (!(await slack.Channel(channel, tenure.Ended)).IsMember)
        {
            await slack.Join(channel, tenure.Ended);
        }

        await notices.Wrote(key, await slack.Upload(name, title, bytes(), channel, SlackPlatform.TsOf(reference), tenure.Ended), tenure.Ended);
    }
}
