using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace ChatOps.Core.Chat.Commands;

/// <summary>Words for a length of time.</summary>
internal static partial class SpanPhrase
{
    private const decimal TenYears = 3652 * 86400m;

    private static readonly Dictionary<string, int> Seconds = new (int Seconds, string Words)[]
    {
        (1, "s sec secs second seconds"),
        (60, "m min mins minute minutes"),
        (3600, "h hr hrs hour hours"),
        (86400, "d day days"),
        (604800, "w wk wks week weeks"),
    }.SelectMany(unit => unit.Words.Split(' ').Select(word => (word, unit.Seconds))).ToDictionary();

    private static readonly HashSet<string> Uneven = ["mo", "month", "months", "y", "yr", "yrs", "year", "years"];

    public static IEnumerable<string> Words => Seconds.Keys.Where(word => word.Length > 2);

    /// <summary>The span, a refusal, or null when these are no words for a span.</summary>
    /// <param name="text">Lower case, single spaces.</param>
    /// <param name="clock">Whether 00:05:00 is a span; where a time of day could be meant it is not.</param>
    public static Parsed<Duration>? Read(string text, bool clock)
    {
        if (text.StartsWith('-') && Read(text[1..].TrimStart(), clock) is not null)
            return Parsed<Duration>.Refused($"\"{text}\" goes backwards. Write {text[1..].TrimStart()}, or \"{text[1..].TrimStart()} ago\" where a moment is asked for.");
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return Parsed<Duration>.Refused($"{text} what? Write {text}m, {text}h or {text}d.");
        if (clock && Clock().Match(text) is { Success: true } hands)
            return Total(text, [(hands.Groups[1].Value, 86400), (hands.Groups[2].Value, 3600), (hands.Groups[3].Value, 60), (hands.Groups[4].Value, 1)]);
        if (Iso().Match(text) is { Success: true } iso)
        {
            int[] units = [604800, 86400, 3600, 60, 1];
            return Total(text, units.Select((unit, i) => (iso.Groups[i + 1].Value, unit)));
        }

        text = text.Replace(" and ", " ", StringComparison.Ordinal).Replace("half an hour", "30m", StringComparison.Ordinal);
        text = Article().Replace(text, "1 ");
        if (Parts().Match(text) is not { Success: true } parts)
            return null;

        var names = parts.Groups[2].Captures.Select(capture => capture.Value).ToList();
        if (names.Any(Uneven.Contains))
            return Parsed<Duration>.Refused("Months and years differ in length. Write weeks or days: 4w, 30d.");
        return names.All(Seconds.ContainsKey)
            ? Total(text, parts.Groups[1].Captures.Zip(names, (count, name) => (count.Value, Seconds[name])))
            : null;
    }

    private static Parsed<Duration> Total(string text, IEnumerable<(string Count, int Unit)> parts)
    {
        var seconds = parts.Sum(part => part.Count.Length == 0 ? 0 : decimal.Parse(part.Count, CultureInfo.InvariantCulture) * part.Unit);
        return seconds switch
        {
            > TenYears => Parsed<Duration>.Refused($"\"{text}\" is more than ten years."),
            < 0.001m => Parsed<Duration>.Refused($"\"{text}\" is no time at all. Write how long, such as 30m or 2h."),
            _ => new(Duration.FromNanoseconds((long)(seconds * 1_000_000_000m))),
        };
    }

    // At most 15 digits: fifteen nines of weeks still fit a decimal.
    [GeneratedRegex(@"^(?:([0-9]{1,15}(?:\.[0-9]{1,6})?) ?([a-z]+)(?:, ?| )?)+$")]
    private static partial Regex Parts();

    [GeneratedRegex(@"^(?:([0-9]{1,6})\.)?([0-9]{1,2}):([0-5][0-9]):([0-5][0-9])$")]
    private static partial Regex Clock();

    [GeneratedRegex(@"^p(?=[0-9]|t[0-9])(?:([0-9]{1,15})w)?(?:([0-9]{1,15})d)?(?:t(?:([0-9]{1,15})h)?(?:([0-9]{1,15})m)?(?:([0-9]{1,15})s)?)?$")]
    private static partial Regex Iso();

    [GeneratedRegex("^an? ")]
    private static partial Regex Article();
}
