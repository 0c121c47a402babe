using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>How long a turn lasts, in wall-clock time: a week is the same weekday and hour again, so 167, 168 or 169 elapsed hours; hours are the clock's too (docs/decisions/0008-time.md).</summary>
public sealed record Every
{
    public const int MaxCount = 10_000;

    public static readonly Every Week = new(1, EveryUnit.Week);

    /// <param name="count">1 to <see cref="MaxCount"/>.</param>
    /// <param name="unit">Of what.</param>
    /// <exception cref="ArgumentOutOfRangeException">A turn must last, and time must get on: whoever reads a rotation from outside refuses it in words first.</exception>
    public Every(int count, EveryUnit unit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        if (!Enum.IsDefined(unit))
            throw new ArgumentOutOfRangeException(nameof(unit), unit, "A turn is counted in hours, days, weeks or months.");
        Count = count;
        Unit = unit;
    }

    public int Count { get; }

    public EveryUnit Unit { get; }

    /// <summary>The local time at which turn <paramref name="turn"/> starts; null beyond <see cref="LastYear"/>. Months clamp from the anchor's day, so the 31st comes back after February.</summary>
    internal LocalDateTime? StartOf(long turn, LocalDateTime anchor)
    {
        var units = turn * Count;
        // Rounded up by a leap day now and then: the horizon may come a few years early, but never an overflow.
        var years = units / Unit switch { EveryUnit.Hour => 8760, EveryUnit.Day => 365, EveryUnit.Week => 52, _ => 12 };
        if (anchor.Year + years >= LastYear)
            return null;
        return Unit switch
        {
            EveryUnit.Hour => anchor.PlusHours(units),
            EveryUnit.Day => anchor.PlusDays((int)units),
            EveryUnit.Week => anchor.PlusWeeks((int)units),
            _ => anchor.PlusMonths((int)units),
        };
    }

    /// <summary>Which turn a local time lies in, give or take one: a division, whatever the age of the rotation. Never below 0.</summary>
    internal long Estimate(LocalDateTime local, LocalDateTime anchor)
    {
        long days = Period.DaysBetween(anchor.Date, local.Date);
        var units = Unit switch
        {
            EveryUnit.Hour => (days * 24) + local.Hour - anchor.Hour,
            EveryUnit.Day => days,
            EveryUnit.Week => days / 7,
            _ => ((local.Year - anchor.Year) * 12L) + local.Month - anchor.Month,
        };
        return Math.Max(0, units / Count);
    }

    /// <summary>NodaTime's calendar ends with 9999. Nothing is handed off from this year on; queries behind it are answered as of its start.</summary>
    internal const int LastYear = 9990;
}

public enum EveryUnit
{
    Hour,
    Day,
    Week,
    Month,
}
