using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Core.Time;

/// <summary>
/// The one bridge between wall-clock time and instants, and how times are said to people. Everything that turns a local time into an instant
/// comes here, so that a handoff, an override and a typed time cannot disagree in the two nights a year when the clocks change.
/// </summary>
public static class WallClock
{
    private static readonly ZonedDateTimePattern Short = Pattern("ddd d MMM HH:mm x");
    private static readonly ZonedDateTimePattern Day = Pattern("d MMM");
    private static readonly ZonedDateTimePattern WithYear = Pattern("ddd d MMM uuuu HH:mm x");

    /// <summary>
    /// The instant of a local time (docs/decisions/0008-time.md): one that comes twice is the first; one that the clocks jump over is the instant at which the gap ends.
    /// A later local time never gives an earlier instant, which the turn arithmetic relies on.
    /// </summary>
    public static Instant ToInstant(LocalDateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
    }

    /// <summary>The last moment at or before <paramref name="now"/> at which the clock showed this day of the week and time.</summary>
    public static LocalDateTime LastAtOrBefore(Instant now, IsoDayOfWeek day, LocalTime time, DateTimeZone zone)
    {
        var today = now.InZone(zone).Date;
        var latest = (today.DayOfWeek == day ? today : today.Previous(day)) + time;
        return ToInstant(latest, zone) <= now ? latest : latest.PlusWeeks(-1);
    }

    /// <summary>The zone of an IANA id, in any letter case, or null. Windows ids and offsets are not zones.</summary>
    public static DateTimeZone? FindZone(string id)
    {
        var provider = DateTimeZoneProviders.Tzdb;
        var known = provider.Ids.FirstOrDefault(each => string.Equals(each, id.Trim(), StringComparison.OrdinalIgnoreCase));
        return known is null ? null : provider[known];
    }

    /// <summary>What to say when <see cref="FindZone"/> knows no such zone; somebody who writes a city gets its zone.</summary>
    public static string UnknownZone(string id)
    {
        var city = id.Trim().Replace(' ', '_');
        var near = city.Length < 3
            ? null
            : DateTimeZoneProviders.Tzdb.Ids.FirstOrDefault(each => each.EndsWith("/" + city, StringComparison.OrdinalIgnoreCase));
        return near is null
            ? $"I do not know the time zone \"{id.Trim()}\". Use a name such as Europe/Berlin or America/New_York."
            : $"I do not know the time zone \"{id.Trim()}\". Did you mean {near}?";
    }

    /// <summary>"23 Nov": the day on the clock of a zone.</summary>
    public static string SayDay(Instant at, DateTimeZone zone) => Day.Format(at.InZone(zone));

    /// <summary>"Mon 23 Nov 14:02 CET": whole minutes, cut. The year is added when <paramref name="now"/> is given and lies in another one.</summary>
    public static string Say(Instant at, DateTimeZone zone, Instant? now = null)
    {
        var local = at.InZone(zone);
        var sameYear = now is not { } present || present.InZone(zone).Year == local.Year;
        return (sameYear ? Short : WithYear).Format(local);
    }

    /// <summary>"Mon 30 Nov 09:00 CET", with the speaker's own time behind it when their clock shows another: "(Mon 30 Nov 03:00 EST for you)".</summary>
    public static string SayFor(DateTimeZone speaker, Instant at, DateTimeZone zone, Instant now)
    {
        var there = Say(at, zone, now);
        return zone.GetUtcOffset(at) == speaker.GetUtcOffset(at) ? there : $"{there} ({Say(at, speaker, now)} for you)";
    }

    /// <summary>"4 h 20 min", "3 days", "45 s": the two largest units, cut. The sign is dropped: "ago" and "in" are the sentence's.</summary>
    public static string SaySpan(Duration span)
    {
        var seconds = (long)Math.Abs(span.TotalSeconds);
        (long Count, string Name)[] parts =
        [
            (seconds / 86400, seconds / 86400 == 1 ? "day" : "days"),
            (seconds / 3600 % 24, "h"),
            (seconds / 60 % 60, "min"),
            (seconds % 60, "s"),
        ];
        var first = Math.Max(0, Array.FindIndex(parts, part => part.Count > 0));
        var said = parts.Skip(first).Take(2).Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Name}");
        return seconds == 0 ? "0 s" : string.Join(' ', said);
    }

    private static ZonedDateTimePattern Pattern(string text) => ZonedDateTimePattern.Create(text, CultureInfo.InvariantCulture, null, null, default);
}
