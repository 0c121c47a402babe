using System.Text.RegularExpressions;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Chat.Commands;

/// <summary>Words for a time of day and for the zone behind it. All in lower case.</summary>
internal static partial class ClockPhrase
{
    /// <summary>18:00, 18:00:30, 6pm, 6:30pm, noon or midnight; null for everything else, so for a bare number. Up to nine decimals of a second count.</summary>
    public static LocalTime? TimeOf(string word)
    {
        if (word is "noon" or "midnight")
            return word == "noon" ? LocalTime.Noon : LocalTime.Midnight;
        if (TimeWord().Match(word) is not { Success: true } match || (!match.Groups[2].Success && !match.Groups[5].Success))
            return null;
        var (hour, half) = (int.Parse(match.Groups[1].Value), match.Groups[5].Value);
        if (half.Length > 0 ? hour is 0 or > 12 : hour > 23)
            return null;
        hour = half.Length == 0 ? hour : (hour % 12) + (half == "pm" ? 12 : 0);
        var decimals = match.Groups[4].Value.TrimStart('.').PadRight(9, '0');
        return LocalTime.FromHourMinuteSecondNanosecond(hour, Number(match.Groups[2]), Number(match.Groups[3]), long.Parse(decimals));
    }

    /// <summary>
    /// Takes the zone off the end. An offset replaces the speaker's zone; other letters are given back and must be an abbreviation of that zone at the time:
    /// they tell the two 02:30 of October apart.
    /// </summary>
    public static string? TakeZone(ref Queue<string> words, ref DateTimeZone zone)
    {
        if (words.Count < 2 || words.Last() is not { } last)
            return null;
        var match = OffsetWord().Match(last);
        var letters = last.Length is >= 2 and <= 5 && last.All(char.IsAsciiLetter) && TimeOf(words.ElementAt(words.Count - 2)) is not null;
        if (!match.Success && !letters)
            return null;

        words = new Queue<string>(words.SkipLast(1));
        if (!match.Success)
            return last;
        var seconds = match.Groups[1].Success ? (Number(match.Groups[2]) * 3600) + (Number(match.Groups[3]) * 60) : 0;
        zone = DateTimeZone.ForOffset(Offset.FromSeconds(match.Groups[1].Value == "-" ? -seconds : seconds));
        return null;
    }

    /// <summary>The local time's instant; null when the zone does not use that abbreviation then.</summary>
    public static Instant? Convert(LocalDateTime local, DateTimeZone zone, string? abbreviation)
    {
        if (abbreviation is null)
            return WallClock.ToInstant(local, zone);
        var mapping = zone.MapLocal(local);
        ZonedDateTime[] all = mapping.Count == 0 ? [] : [mapping.First(), mapping.Last()];
        var named = all.Where(each => each.GetZoneInterval().Name.Equals(abbreviation, StringComparison.OrdinalIgnoreCase));
        return named.Select(each => (Instant?)each.ToInstant()).FirstOrDefault();
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.Value) : 0;

    [GeneratedRegex(@"^([0-9]{1,2})(?::([0-5][0-9])(?::([0-5][0-9])(\.[0-9]{1,9})?)?)?(am|pm)?$")]
    private static partial Regex TimeWord();

    [GeneratedRegex(@"^(?:z|utc|gmt|([+-])((?:0[0-9]|1[0-7]))(?::?([0-5][0-9]))?)$")]
    private static partial Regex OffsetWord();
}
