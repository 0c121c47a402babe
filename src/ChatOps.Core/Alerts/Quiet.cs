using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>Who made an alert quiet, and until when: a snooze or a silence. At that instant it is over.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When they did.</param>
/// <param name="Until">Its end, not part of it.</param>
public sealed record Quiet(string By, Instant At, Instant Until)
{
    /// <summary>In the words of who asked for it.</summary>
    public string? Why { get; init; }

    internal bool Holds(Instant now) => now < Until;

    internal string UntilWords(Alert alert) => WallClock.Say(Until, alert.TimeZone, At);

    /// <summary>The same for one person, whose clock may show another time.</summary>
    internal string UntilWords(Alert alert, DateTimeZone speaker) => WallClock.SayFor(speaker, Until, alert.TimeZone, At);
}
