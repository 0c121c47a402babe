using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Core.Chat.Commands;

/// <summary>Words for a day, a time of day, or both.</summary>
internal static partial class DayPhrase
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static IEnumerable<string> Words =>
    [
        .. Days,
        .. Months,
        .. Days.Select(day => day[..3]),
        .. "today tomorrow tonight yesterday next this last now ago noon midnight".Split(' '),
    ];

    /// <summary>The instant, or null when these are no words for one.</summary>
    /// <param name="text">Lower case, single spaces.</param>
    /// <param name="zone">The speaker's; an offset behind the time replaces it.</param>
    /// <param name="now">Today lies around it.</param>
    public static Instant? Read(string text, DateTimeZone zone, Instant now)
    {
        text = Noise().Replace(text, " ").Trim();
        text = IsoT().Replace(text, "$1 $2");
        text = HalfDay().Replace(text, "$1$2");
        text = Behind().Replace(text, "$1 $2");
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return null;
        // 18:00 tomorrow is tomorrow 18:00.
        return Read(new Queue<string>(words), zone, now)
            ?? (ClockPhrase.TimeOf(words[0]) is null ? null : Read(new Queue<string>(words.Skip(1).Append(words[0])), zone, now));
    }

    private static Instant? Read(Queue<string> words, DateTimeZone zone, Instant now)
    {
        var tonight = words.Peek() == "tonight";
        var abbreviation = ClockPhrase.TakeZone(ref words, ref zone);
        var today = now.InZone(zone).Date;
        var (date, step) = TakeDay(words, today);
        var time = words.TryPeek(out var word) ? ClockPhrase.TimeOf(word) : null;
        if (time is not null)
            words.Dequeue();
        if (words.Count > 0 || (time is null && step == 1))
            return null;

        // tonight 1:00 is after midnight.
        var night = tonight && time < new LocalTime(6, 0) ? 1 : 0;
        var local = date.PlusDays(night) + (time ?? (tonight ? new LocalTime(20, 0) : LocalTime.Midnight));
        // NodaTime's calendar ends with 9999, and some zone is ahead of it.
        if (local.Year is < 2 or > 9998 || ClockPhrase.Convert(local, zone, abbreviation) is not { } at)
            return null;
        return at > now || step == 0 ? at : ClockPhrase.Convert(local.PlusDays(step), zone, abbreviation);
    }

    // The day, and how many days to go on where the moment is not ahead: a time alone comes daily, a weekday weekly, the rest once.
    private static (LocalDate Date, int Step) TakeDay(Queue<string> words, LocalDate today)
    {
        var all = words.ToArray();
        var (used, date, step) = all switch
        {
            ["today" or "tonight", ..] => (1, today, 0),
            ["tomorrow", ..] => (1, today.PlusDays(1), 0),
            ["yesterday", ..] => (1, today.PlusDays(-1), 0),
            ["next", var day, ..] when DayOf(day) is { } named => (2, today.Next(named), 0),
            ["last", var day, ..] when DayOf(day) is { } named => (2, today.Previous(named), 0),
            ["this", var day, ..] when DayOf(day) is { } named => (2, ThisOrNext(today, named), 0),
            [var day, var number, var month, ..] when DayOf(day) is { } named && Dated(number, month, all, 3, today) is ({ } on, var count)
                && on.DayOfWeek == named => (count, on, 0),
            [var number, var month, ..] when Dated(number, month, all, 2, today) is ({ } on, var count) => (count, on, 0),
            [var month, var number, ..] when Dated(number, month, all, 2, today) is ({ } on, var count) => (count, on, 0),
            [var day, ..] when DayOf(day) is { } named => (1, ThisOrNext(today, named), 7),
            [var iso, ..] when IsoDate(iso) is { } on => (1, on, 0),
            _ => (0, today, 1),
        };
        for (; used > 0; used--)
        {
            words.Dequeue();
        }

        return (date, step);
    }

    private static (LocalDate? Date, int Used) Dated(string number, string month, string[] all, int used, LocalDate today)
    {
        var index = Array.FindIndex(Months, each => month == each || (month.Length == 3 && each.StartsWith(month, StringComparison.Ordinal)));
        if (index < 0 || !int.TryParse(number.TrimEnd('.'), out var day))
            return default;
        var year = all.Length > used && all[used].Length == 4 && int.TryParse(all[used], out var written) ? written : 0;
        return (IsoDate($"{(year == 0 ? today.Year : year):0000}-{index + 1:00}-{day:00}"), year == 0 ? used : used + 1);
    }

    private static LocalDate ThisOrNext(LocalDate today, IsoDayOfWeek day) => today.DayOfWeek == day ? today : today.Next(day);

    private static IsoDayOfWeek? DayOf(string word)
    {
        var name = word.TrimEnd('.');
        var index = Array.FindIndex(Days, day => name == day || (name.Length is 3 or 4 or 5 && day.StartsWith(name, StringComparison.Ordinal)));
        return index < 0 ? null : (IsoDayOfWeek)(index + 1);
    }

    private static LocalDate? IsoDate(string word)
    {
        var iso = Dotted().Replace(word, match => $"{match.Groups[3].Value}-{match.Groups[2].Value.PadLeft(2, '0')}-{match.Groups[1].Value.PadLeft(2, '0')}");
        return LocalDatePattern.Iso.Parse(iso) is { Success: true, Value: var date } ? date : null;
    }

    [GeneratedRegex(@"\b(?:at|on)\b|,(?= |$)")]
    private static partial Regex Noise();

    [GeneratedRegex(@"^([0-9]{4}-[0-9]{2}-[0-9]{2})t([0-9])")]
    private static partial Regex IsoT();

    [GeneratedRegex(@"([0-9]) (am|pm)\b")]
    private static partial Regex HalfDay();

    [GeneratedRegex(@"([0-9]:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?)(z|[+-][0-9]{2}(?::?[0-9]{2})?)$")]
    private static partial Regex Behind();

    [GeneratedRegex(@"^([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})$")]
    private static partial Regex Dotted();
}
