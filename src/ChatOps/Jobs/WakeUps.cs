using System.Threading.Channels;
using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using NodaTime;

namespace ChatOps.Jobs;

/// <summary>Carries wake-ups from whoever stored something to those who wait. Signals fold into one another; none of them carries anything.</summary>
internal sealed class WakeUps(IEnumerable<IChatPlatform> platforms) : IWakeUps
{
    private readonly Dictionary<string, Channel<bool>> _deliveries = platforms.ToDictionary(platform => platform.Name, _ => Folding<bool>());
    private readonly Channel<Instant> _due = Channel.CreateUnbounded<Instant>(new UnboundedChannelOptions { SingleReader = true });

    public void Deliver()
    {
        foreach (var delivery in _deliveries.Values)
        {
            delivery.Writer.TryWrite(true);
        }
    }

    public void DueAt(Instant instant) => _due.Writer.TryWrite(instant);

    public void LeaseFreed()
    {
    }

    /// <summary>Waits for the next signal to deliver on a platform.</summary>
    public ValueTask<bool> NextDelivery(string platform, CancellationToken cancel) => _deliveries[platform].Reader.ReadAsync(cancel);

    /// <summary>Due times as they become known.</summary>
    public IAsyncEnumerable<Instant> DueTimes(CancellationToken cancel) => _due.Reader.ReadAllAsync(cancel);

    private static Channel<T> Folding<T>() => Channel.CreateBounded<T>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
}
