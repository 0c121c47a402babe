using ChatOps.Core.Decisions;
using NodaTime;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>Takes up what a process left behind that died between "we have it" and the work.</summary>
internal sealed partial class SlackInboxWork(SlackInbox inbox, SlackDispatcher dispatcher, SlackWork work, ILogger<SlackInboxWork> log) : IDueWork
{
    public async Task<Instant?> RunDue(CancellationToken cancel)
    {
        foreach (var (id, request) in await inbox.Abandoned(work.IsRunning, cancel))
        {
            try
            {
                await dispatcher.Resume(id, request, cancel);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                // It is taken up again, or given up: the others are claimed too and must have their turn.
                LogFailed(fault, id);
            }
        }

        await inbox.Forget(cancel);
        return await inbox.NextLook(cancel);
    }

    [LoggerMessage(LogLevel.Error, "{Delivery} from Slack could not be taken up again")]
    private partial void LogFailed(Exception fault, string delivery);
}
