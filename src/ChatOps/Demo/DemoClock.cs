namespace ChatOps.Demo;

/// <summary>
/// The demo's clock: it starts a fortnight ago, jumps from event to event, and at the end is the real one, so that the demo goes on as a bot like any other.
/// Timers run in real time; what falls due on the way is run by the demo itself.
/// </summary>
internal sealed class DemoClock(TimeSpan behind) : TimeProvider
{
    private long _behind = behind.Ticks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - TimeSpan.FromTicks(Interlocked.Read(ref _behind));

    /// <summary>Goes ahead to an instant; never back, and never beyond the real time.</summary>
    public void JumpTo(DateTimeOffset instant)
    {
        var behind = Math.Max(0, (System.GetUtcNow() - instant).Ticks);
        Interlocked.Exchange(ref _behind, Math.Min(behind, Interlocked.Read(ref _behind)));
    }
}
