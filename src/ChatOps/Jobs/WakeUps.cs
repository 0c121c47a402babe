using System.Threading.Channels;
using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Jobs;

/// <summary>
/// Carries wake-ups from whoever stored something to those who wait, on this replica and the others. Signals fold into one another; none of them carries anything. A due time
/// stays here: the trigger that it sets is everybody's.
/// </summary>
internal sealed class WakeUps : IWakeUps, IDisposable
{
    private const string DeliverTopic = "deliver";

    private readonly ISignals _signals;
    private readonly IDisposable _listening;
    private readonly Dictionary<string, Channel<bool>> _deliveries;
    private readonly Channel<Instant> _due = Channel.CreateUnbounded<Instant>(new UnboundedChannelOptions { SingleReader = true });

    public WakeUps(IEnumerable<IChatPlatform> platforms, ISignals signals)
    {
        _deliveries = platforms.ToDictionary(platform => platform.Name, _ => Folding<bool>());
        _signals = signals;
        _listening = signals.Listen(Hear);
    }

    public void Deliver() => _signals.Notify(DeliverTopic);

    public void DueAt(Instant instant) => _due.Writer.TryWrite(instant);

    /// <summary>Waits for the next signal to deliver on a platform.</summary>
    public ValueTask<bool> NextDelivery(string platform, CancellationToken cancel) => _deliveries[platform].Reader.ReadAsync(cancel);

    /// <summary>Due times as they become known.</summary>
    public IAsyncEnumerable<Instant> DueTimes(CancellationToken cancel) => _due.Reader.ReadAllAsync(cancel);

    public void Dispose() => _listening.Dispose();

    private void Hear(Signal signal)
    {
        if (signal.Topic == DeliverTopic || signal == Signal.Everything)
        {
            foreach (var delivery in _deliveries.Values)
            {
                delivery.Writer.TryWrite(true);
            }
        }
    }

    private static Channel<T> Folding<T>() => Channel.CreateBounded<T>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
}
