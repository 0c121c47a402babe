using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.Oncall;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;

namespace ChatOps.Chat.Slack.Following;

/// <summary>What followers remember, and what they tell the on-call channel: once when something does not work, once again when it is another thing.</summary>
internal sealed class SlackNotices(IStore store, Decider decider, OncallSettings settings, TimeProvider clock)
{
    public async Task<SlackFollowed> Remembered(string follower, CancellationToken cancel) => await store.Find<SlackFollowed>(follower, cancel) ?? new SlackFollowed(follower);

    /// <summary>It is as we want it: what was wrong is over.</summary>
    public async Task Wrote(string follower, string what, CancellationToken cancel)
    {
        var remembered = await Remembered(follower, cancel);
        if (remembered.Wrote != what || remembered.Trouble is not null)
        {
            await store.Commit(new Commit().Put(remembered with { Wrote = what, At = clock.Now(), Trouble = null }), cancel);
        }
    }

    /// <summary>It cannot be as we want it.</summary>
    public async Task Trouble(string follower, string why, CancellationToken cancel)
    {
        var remembered = await Remembered(follower, cancel);
        if (remembered.Trouble != why)
        {
            // Guarded by the document: of two that find the same, one tells.
            await decider.Store([remembered with { Trouble = why }, Saying($"slack/{follower}/{remembered.Version + 1}", Markup.Plain(why))], cancel);
        }
    }

    /// <summary>Something said in the on-call channel, once for each id.</summary>
    public Announcement Saying(string id, Markup text, CardState state = CardState.Info) => new(id, "slack", settings.Channel, new Card("", state) { Text = text }, clock.Now());
}
