using ChatOps.Tests.Scenarios;
using Microsoft.Extensions.Time.Testing;

namespace ChatOps.Tests.Fakes;

/// <summary>
/// The clock of one loop that works and then pauses: it goes on to the pause's end and waits until the loop has come to its next pause, so that a test knows what has happened
/// by when.
/// </summary>
internal sealed class SteppedClock : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MaxValue;

    public SteppedClock()
        : base(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>How often the loop has come to a pause.</summary>
    public int Pauses { get; private set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= TimeSpan.Zero)
        {
            lock (_lock)
            {
                (_next, Pauses) = (GetUtcNow() + dueTime, Pauses + 1);
            }
        }

        return timer;
    }

    public async Task Pass(TimeSpan span)
    {
        var until = GetUtcNow() + span;
        while (_next <= until)
        {
            var pauses = Pauses;
            SetUtcNow(_next);
            await World.Until(() => Task.FromResult(Pauses > pauses), "It has not gone on.");
        }

        SetUtcNow(until);
    }
}
