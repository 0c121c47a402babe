using ChatOps.Core.Time;
using NodaTime;
using Quartz;

namespace ChatOps.Jobs;

/// <summary>Keeps the one Quartz trigger at the earliest due time that is known; it only ever moves closer until it fires.</summary>
internal sealed partial class DueTrigger(WakeUps wakeUps, ISchedulerFactory schedulers, TimeProvider clock, ILogger<DueTrigger> log) : BackgroundService
{
    private static readonly TriggerKey Key = new("due");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Follow(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task Follow(CancellationToken stoppingToken)
    {
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        await foreach (var due in wakeUps.DueTimes(stoppingToken))
        {
            try
            {
                var at = Instant.Max(due, clock.Now());
                var trigger = TriggerBuilder.Create(clock).WithIdentity(Key).ForJob(JobsRegistration.DueJobKey).StartAt(at.ToDateTimeOffset()).Build();
                await scheduler.ScheduleTrigger(trigger, TriggerConflict.KeepEarlier, stoppingToken);
            }
            catch (SchedulerException fault)
            {
                LogNotScheduled(fault, due); // the sweep finds it
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "No wake-up at {Due}; the sweep will find what is due")]
    private partial void LogNotScheduled(Exception fault, Instant due);
}
