using NodaTime;

namespace ChatOps.Core.Time;

/// <summary>The process has one clock, its <see cref="TimeProvider"/>; this reads it as NodaTime's instant.</summary>
public static class ClockReading
{
    public static Instant Now(this TimeProvider clock) => Instant.FromDateTimeOffset(clock.GetUtcNow());
}
