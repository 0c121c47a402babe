using ChatOps.Core.Decisions;

namespace ChatOps.Jobs;

/// <summary>
/// At the start and every ten seconds: what is due and was not done, because a wake-up was lost. Each replica sweeps by itself and without Quartz: what
/// stands behind the trigger must not stop with it. Two that find the same thing do it once, the store sees to that.
/// </summary>
internal sealed partial class Sweep(DueRunner due, TimeProvider clock, ILogger<Sweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Run(stoppingToken);
                await Task.Delay(Interval, clock, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops: whatever did not come to its end is done by the next.
        }
    }

    private async Task Run(CancellationToken cancel)
    {
        try
        {
            await due.Run(cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogFailed(fault);
        }
    }

    [LoggerMessage(LogLevel.Error, "What is due could not be looked for; again in ten seconds")]
    private partial void LogFailed(Exception fault);
}
