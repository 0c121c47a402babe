using ChatOps.Core.Storage;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>Lets the other replicas see that what goes on here for long is alive: whatever they do not see alive they take for left behind.</summary>
internal sealed partial class SlackHeartbeat(SlackInbox inbox, SlackWork work, TimeProvider clock, ILogger<SlackHeartbeat> log) : BackgroundService
{
    // Twice may be missed.
    private static readonly TimeSpan Beat = SlackInbox.Patience.ToTimeSpan() / 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beats = new PeriodicTimer(Beat, clock);
        while (await beats.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var id in work.Running)
                {
                    await inbox.Keep(id, stoppingToken);
                }
            }
            catch (Exception fault) when (fault is StoreException || stoppingToken.IsCancellationRequested)
            {
                LogNotKept(fault.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What Slack asked for and goes on here could not be marked as alive: {Why}")]
    private partial void LogNotKept(string why);
}
