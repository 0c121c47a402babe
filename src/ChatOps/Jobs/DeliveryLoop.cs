using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Jobs;

/// <summary>Runs the delivery worker for each platform, whenever there is something to show or a platform's patience is over.</summary>
internal sealed partial class DeliveryLoop(IEnumerable<IChatPlatform> platforms, DeliveryWorker worker, WakeUps wakeUps, TimeProvider clock, ILogger<DeliveryLoop> log) : BackgroundService
{
    private static readonly Duration AfterFault = Duration.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(platforms.Select(platform => Follow(platform, stoppingToken)));

    private async Task Follow(IChatPlatform platform, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            Instant? again;
            try
            {
                again = await worker.Drain(platform, cancel);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                LogFailed(fault, platform.Name);
                again = clock.Now() + AfterFault;
            }

            await Next(platform.Name, again, cancel);
        }
    }

    private async Task Next(string platform, Instant? again, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var signal = wakeUps.NextDelivery(platform, either.Token).AsTask();
        if (again is not { } at)
        {
            await signal;
            return;
        }

        var pause = Task.Delay(TimeSpan.FromTicks(Math.Max(0, (at - clock.Now()).BclCompatibleTicks)), clock, either.Token);
        await await Task.WhenAny(signal, pause);
        await either.CancelAsync();
    }

    [LoggerMessage(LogLevel.Error, "Delivery to {Platform} failed; it goes on in a moment")]
    private partial void LogFailed(Exception fault, string platform);
}
