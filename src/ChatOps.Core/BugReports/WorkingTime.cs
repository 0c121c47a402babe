using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>The hours in which somebody works, for clocks that stand still outside them.</summary>
/// <param name="Zone">On whose clock.</param>
/// <param name="Days">On which days.</param>
/// <param name="From">From when, included.</param>
/// <param name="To">Until when, later than <paramref name="From"/>; midnight is the day's end.</param>
public sealed record WorkingTime(DateTimeZone Zone, IReadOnlyList<IsoDayOfWeek> Days, LocalTime From, LocalTime To)
{
    public static IReadOnlyList<IsoDayOfWeek> Weekdays { get; } = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    /// <summary>The moment at which so much working time has passed.</summary>
    public Instant Add(Instant start, Duration worked)
    {
        var left = worked;
        for (var day = start.InZone(Zone).Date; ; day = day.PlusDays(1))
        {
            if (!Days.Contains(day.DayOfWeek))
            {
                continue;
            }

            var opens = Instant.Max(start, WallClock.ToInstant(day + From, Zone));
            var closes = WallClock.ToInstant(To == LocalTime.Midnight ? day.PlusDays(1) + To : day + To, Zone);
            if (closes <= opens)
            {
                continue;
            }

            if (left <= closes - opens)
            {
                return opens + left;
            }

            left -= closes - opens;
        }
    }

    /// <summary>The same time of day, so many working days later; begun on a day off it counts from the next working day's beginning.</summary>
    public Instant AddDays(Instant start, int days)
    {
        var local = start.InZone(Zone).LocalDateTime;
        while (!Days.Contains(local.DayOfWeek))
        {
            local = local.Date.PlusDays(1).AtMidnight();
        }

        for (var left = days; left > 0;)
        {
            local = local.PlusDays(1);
            left -= Days.Contains(local.DayOfWeek) ? 1 : 0;
        }

        return WallClock.ToInstant(local, Zone);
    }
}
