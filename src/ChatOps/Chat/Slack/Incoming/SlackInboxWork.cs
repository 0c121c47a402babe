using ChatOps.Core.Decisions;
using NodaTime;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>Takes up what a process left behind that died between "we have it" and the work.</summary>
internal sealed class SlackInboxWork(SlackInbox inbox, SlackDispatcher dispatcher, SlackWork work) : IDueWork
{
    public async Task<Instant?> RunDue(CancellationToken cancel)
    {
        foreach (var (id, request) in await inbox.Abandoned(work.IsRunning, cancel))
        {
            await dispatcher.Resume(id, request, cancel);
        }

        await inbox.Forget(cancel);
        return await inbox.NextLook(cancel);
    }
}
