using System.Text.RegularExpressions;
using NodaTime;

namespace ChatOps.Core.Chat.Commands;

/// <summary>
/// Reads the times that people write after --at, --from, --to and --for. Letter case, quotes and spaces do not matter.
/// <list type="bullet">
/// <item>Instants with an offset or a zone's abbreviation: 2026-12-24T18:00:00+01:00, Mon 23 Nov 14:02 CET (which is how the bot writes them).</item>
/// <item>Local times: 2026-12-24 18:00, 24.12.2026 18:00, 24 Dec 18:00 (this year). A day without a time is its 00:00.</item>
/// <item>A time alone, 18:00 or 6:30 pm, is the next one strictly ahead; so is a weekday, monday 10:00.</item>
/// <item>next monday is never today; this monday is today on a Monday; last monday is before today.</item>
/// <item>today, tomorrow, yesterday, tonight (20:00, or the time written behind it), noon, midnight (the day's first moment).</item>
/// <item>Spans count from now in elapsed time: 2h, in 90 minutes, 1d 4h, P1DT2H; 2h ago goes back.</item>
/// </list>
/// Local times that come twice or never are settled as handoffs are, by <see cref="Time.WallClock"/>.
/// </summary>
public static partial class TimePhrase
{
    private const int Longest = 80;

    /// <summary>The instant that the words name, or a sentence that shows what works.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="zone">The speaker's.</param>
    /// <param name="now">What today, in and ago count from.</param>
    public static Parsed<Instant> ParseInstant(string text, DateTimeZone zone, Instant now)
    {
        var said = Clean(text);
        if (Slashes().Match(said) is { Success: true } slashes)
            return Parsed<Instant>.Refused($"\"{slashes.Value}\" is another day in another country. Write it as 2026-12-24.");
        if (said.Length > 0 && said.All(char.IsAsciiDigit))
            return Parsed<Instant>.Refused($"{Echo(said)} what? Write 18:00 or 6pm for a time, 18h or 18m for a span from now.");

        return Read(said, zone, now) ?? Parsed<Instant>.Refused(
            $"I do not know when \"{Echo(said)}\" is.{Meant(said, each => Read(each, zone, now) is { Refusal: null })}"
            + " Try: next monday 10:00, tomorrow 18:00, 2026-12-24 18:00, 2h.");
    }

    /// <summary>How long the words say: 2h, 30m, 1w, 1d 4h, 1h30m, 90 minutes, 00:05:00, P1DT2H. A day is 24 hours. Refuses nothing, less, and more than ten years.</summary>
    public static Parsed<Duration> ParseSpan(string text)
    {
        var said = Clean(text);
        return SpanPhrase.Read(said.ToLowerInvariant(), clock: true) ?? Parsed<Duration>.Refused(
            $"I do not know how long \"{Echo(said)}\" is.{Meant(said, each => SpanPhrase.Read(each, clock: true) is { Refusal: null })}"
            + " Try: 30m, 2h, 1d 4h, 1w.");
    }

    // Null: these are no words for a time.
    private static Parsed<Instant>? Read(string said, DateTimeZone zone, Instant now)
    {
        var text = said.ToLowerInvariant();
        if (text.Length is 0 or > Longest)
            return null;
        if (text == "now")
            return new(now);

        var ago = text.EndsWith(" ago", StringComparison.Ordinal);
        var ahead = text.StartsWith("in ", StringComparison.Ordinal);
        if (SpanPhrase.Read(ago ? text[..^4] : ahead ? text[3..] : text, clock: false) is not { } span)
            return DayPhrase.Read(text, zone, now) is { } at ? Near(at, said, now) : null;
        if (!span.Try(out var length, out var why))
            return Parsed<Instant>.Refused(why);
        return new(ago ? now - length : now + length);
    }

    private static Parsed<Instant> Near(Instant at, string said, Instant now) => Math.Abs((at - now).TotalDays) < 36_525
        ? new(at)
        : Parsed<Instant>.Refused($"\"{Echo(said)}\" is more than a hundred years away. Is the year right?");

    /// <summary>The phrase with its unknown words replaced by near ones, if that can be read.</summary>
    private static string Meant(string said, Func<string, bool> works)
    {
        if (said.Length > Longest)
            return "";
        var better = Word().Replace(said.ToLowerInvariant(), word => NearestWord.To(word.Value, DayPhrase.Words.Concat(SpanPhrase.Words)) ?? word.Value);
        return works(better) ? $" Did you mean \"{better}\"?" : "";
    }

    // Phones and word processors write curly quotes, long dashes and unbreakable spaces.
    private static string Clean(string text) =>
        Spaces().Replace(Quotes().Replace(text, "").Replace('\u2013', '-').Replace('\u2212', '-'), " ").Trim();

    private static string Echo(string said) => said.Length <= Longest ? said : said[..Longest] + "…";

    [GeneratedRegex("[\"'`\u00ab\u00bb\u2018-\u201f]")]
    private static partial Regex Quotes();

    [GeneratedRegex(@"[\s\p{Z}\p{C}]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\b[0-9]{1,4}/[0-9]{1,2}(/[0-9]{1,4})?\b")]
    private static partial Regex Slashes();

    [GeneratedRegex("(?<![a-z])[a-z]{3,}(?![a-z])")]
    private static partial Regex Word();
}
