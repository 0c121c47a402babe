using ChatOps.Core.Time;
using NodaTime;
using Quartz;

namespace ChatOps.Jobs;

/// <summary>
/// Keeps the one Quartz trigger at the earliest due time that is known; it only ever moves closer until it fires. Replicas share it, and whoever it fires on sets it anew from the
/// store. So a due time behind one that stands already needs no write: what is stored by then is found.
/// </summary>
internal sealed partial class DueTrigger(WakeUps wakeUps, ISchedulerFactory schedulers, TimeProvider clock, ILogger<DueTrigger> log) : BackgroundService
{
    private static readonly TriggerKey Key = new("due");

    // In ticks: where the trigger stands as far as this replica knows; past, or none, when it has to be set.
    private long _stands = long.MinValue;

    /// <summary>The trigger has fired here: wherever it stood, it does no longer. Fired elsewhere and moved away, it is at worst missed until the next sweep.</summary>
    public void Fired() => Interlocked.Exchange(ref _stands, long.MinValue);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Follow(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops: whatever did not come to its end is done by the next.
        }
    }

    private async Task Follow(CancellationToken stoppingToken)
    {
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        await foreach (var due in wakeUps.DueTimes(stoppingToken))
        {
            var now = clock.Now();
            var at = Instant.Max(due, now);
            var stands = Interlocked.Read(ref _stands);
            if (stands > now.ToUnixTimeTicks() && stands <= at.ToUnixTimeTicks())
            {
                continue;
            }

            try
            {
                // Before it is set, not after: it may fire in between.
                Interlocked.Exchange(ref _stands, at.ToUnixTimeTicks());
                var trigger = TriggerBuilder.Create(clock).WithIdentity(Key).ForJob(JobsRegistration.DueJobKey).StartAt(at.ToDateTimeOffset()).Build();
                await scheduler.ScheduleTrigger(trigger, TriggerConflict.KeepEarlier, stoppingToken);
            }
            catch (SchedulerException fault)
            {
                Fired();
                LogNotScheduled(fault, due); // the sweep finds it
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "No wake-up at {Due}; the sweep will find what is due")]
    private partial void LogNotScheduled(Exception fault, Instant due);
}
