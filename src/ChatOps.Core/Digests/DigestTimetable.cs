using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Digests;

/// <summary>A cron expression, as times on a clock on the wall that knows no zone. What instants they are is for <see cref="WallClock"/> to say, as with handoffs: one zone database decides.</summary>
public interface ICron
{
    /// <summary>As it was written.</summary>
    string Expression { get; }

    /// <summary>The first time strictly after one, or null when there is none.</summary>
    LocalDateTime? After(LocalDateTime local);
}

/// <summary>
/// When a digest is due. A time that the clocks jump over is due when the gap ends; one that comes twice, the first time.
/// </summary>
/// <param name="Name">The digest's.</param>
/// <param name="Cron">The times.</param>
/// <param name="Zone">On whose clock.</param>
public sealed record DigestTimetable(string Name, ICron Cron, DateTimeZone Zone)
{
    private static readonly Duration Furthest = Duration.FromDays(800);

    /// <summary>When there is nothing to say it says that, in a line; else it is silent.</summary>
    public bool SaysNothing { get; init; }

    /// <summary>Changes when the settings do.</summary>
    public string Fingerprint => $"{Cron.Expression} {Zone.Id}";

    /// <summary>The first time strictly after an instant.</summary>
    public Instant? After(Instant at)
    {
        var local = Cron.After(at.InZone(Zone).LocalDateTime);
        // In the hour that comes twice the clock is behind what was due already.
        while (local is { } candidate && WallClock.ToInstant(candidate, Zone) <= at)
        {
            local = Cron.After(candidate);
        }

        return local is { } found ? WallClock.ToInstant(found, Zone) : null;
    }

    /// <summary>The last time strictly before an instant; looks back a little more than two years.</summary>
    public Instant? Before(Instant at)
    {
        for (var back = Duration.FromHours(1); ; back = Duration.Min(back * 4, Furthest))
        {
            Instant? last = null;
            for (var each = After(at - back - Duration.Epsilon); each < at; each = After(each.Value))
            {
                last = each;
            }

            if (last is not null || back == Furthest)
            {
                return last;
            }
        }
    }

    /// <summary>What a digest that is due then looks back on. Without a time before it is a week.</summary>
    public DigestSpan SpanTo(Instant due)
    {
        var from = Before(due) ?? due - Duration.FromDays(7);
        return new(Before(from) ?? from - (due - from), from, due, Zone);
    }
}
