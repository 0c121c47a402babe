using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using ChatOps.Http;

namespace ChatOps.Sources;

/// <summary>
/// How much a source may send at once before it is told to come again. Each has limits of its own: what strangers do at one door is not felt at another. Where the sender is known before
/// the body, so many are taken at once and a queue of them waits, which no stranger gets into. Where only the body tells, what strangers may take is room for long bodies.
/// </summary>
internal sealed class HookLimits : IDisposable
{
    private const int AtOnce = 16;
    private const int Waiting = 512;
    private const long Room = 64 * 1024 * 1024;

    private readonly PartitionedRateLimiter<string> _places = PartitionedRateLimiter.Create<string, string>(source => RateLimitPartition.GetConcurrencyLimiter(
        source, _ => new ConcurrencyLimiterOptions { PermitLimit = AtOnce, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));

    private readonly ConcurrentDictionary<string, BodyRoom> _rooms = new();

    /// <summary>A place among those whose sender is known; not acquired where too many wait.</summary>
    public ValueTask<RateLimitLease> Place(string source, CancellationToken cancel) => _places.AcquireAsync(source, 1, cancel);

    public BodyRoom RoomOf(string source) => _rooms.GetOrAdd(source, _ => new BodyRoom(Room));

    public void Dispose() => _places.Dispose();
}
