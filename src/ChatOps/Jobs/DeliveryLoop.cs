using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Leases;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Jobs;

/// <summary>
/// Runs the delivery worker for each platform whose lease this replica has, whenever there is something to show or a platform's patience is over, and every ten seconds
/// for what a lost wake-up left behind.
/// </summary>
internal sealed partial class DeliveryLoop(
    IEnumerable<IChatPlatform> platforms, DeliveryWorker worker, ILeases leases, WakeUps wakeUps, TimeProvider clock, ILogger<DeliveryLoop> log) : BackgroundService
{
    private static readonly Duration AfterFault = Duration.FromSeconds(5);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(10);

    /// <summary>Under which lease a platform gets its messages: <c>chat/slack</c>, <c>pager/pagerduty</c>.</summary>
    public static string LeaseOf(IChatPlatform platform) => $"{(platform.Shows(Face.PageKind) ? "pager" : "chat")}/{platform.Name}";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(platforms.Select(platform => leases.Hold(LeaseOf(platform), tenure => Follow(platform, tenure), stoppingToken)));

    private async Task Follow(IChatPlatform platform, Tenure tenure)
    {
        while (true)
        {
            await Next(platform.Name, await Drain(platform, tenure), tenure.Ended);
        }
    }

    private async Task<Instant?> Drain(IChatPlatform platform, Tenure tenure)
    {
        try
        {
            return await worker.Drain(platform, tenure);
        }
        catch (Exception fault) when (!tenure.IsOver)
        {
            LogFailed(fault, platform.Name);
            return clock.Now() + AfterFault;
        }
    }

    private async Task Next(string platform, Instant? again, CancellationToken ended)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var signal = wakeUps.NextDelivery(platform, either.Token).AsTask();
        var wait = again is { } at ? TimeSpan.FromTicks(Math.Clamp((at - clock.Now()).BclCompatibleTicks, 0, Sweep.Ticks)) : Sweep;
        await await Task.WhenAny(signal, Task.Delay(wait, clock, either.Token));
        await either.CancelAsync();
    }

    [LoggerMessage(LogLevel.Error, "Delivery to {Platform} failed; it goes on in a moment")]
    private partial void LogFailed(Exception fault, string platform);
}
