namespace ChatOps.Chat.Slack.Api;

internal static class ChannelPages
{
    /// <summary>Every page of <see cref="ISlackApi.Channels"/>: each costs one of the twenty calls a minute that Slack allows.</summary>
    public static async Task<IReadOnlyList<SlackChannel>> AllChannels(this ISlackApi slack, CancellationToken cancel)
    {
        var all = new List<SlackChannel>();
        string? cursor = null;
        do
        {
            var (some, next) = await slack.Channels(cursor, cancel);
            all.AddRange(some);
            cursor = next;
        }
        while (cursor is not null);

        return all;
    }
}
