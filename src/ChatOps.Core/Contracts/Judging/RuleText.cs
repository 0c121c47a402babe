using System.Text.RegularExpressions;
using ChatOps.Core.Alerts;
using ChatOps.Core.Time;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>A rule as people write it: the words of <c>Contracts:Rules:&lt;n&gt;</c>, flat, as in <c>Function=transfer; Args:_amount:max=100 SNT; Verdict=normal</c>.</summary>
public static partial class RuleText
{
    private const int LongestWhy = 300;
    private const int LongestName = 80;

    private static readonly string[] Keys = ["Name", "Watch", "Function", "Event", "From", "To", "Args", "Value", "Status", "With", "Rate", "Time", "TimeZone", "Verdict", "Severity", "Why"];
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("H:mm");

    /// <summary>Reads the words of a rule, or gives sentences that say what is wrong: the key first, then what about it.</summary>
    /// <param name="words">By their keys, in which a colon leads to what is below.</param>
    /// <param name="origin">Where it is written.</param>
    /// <param name="otherwise">Its name where it has none.</param>
    public static (Rule? Rule, IReadOnlyList<(string Key, string What)> Faults) Read(IReadOnlyDictionary<string, string> words, string origin, string otherwise)
    {
        var faults = new List<(string, string)>();
        var given = new Dictionary<string, string>(words, StringComparer.OrdinalIgnoreCase);
        foreach (var key in given.Keys.Where(key => !Keys.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase)))
        {
            faults.Add((key, $"there is no such setting; there are {string.Join(", ", Keys)}"));
        }

        var name = Text("Name") ?? otherwise;
        if (name.Length > LongestName || Text("Why")?.Length > LongestWhy)
        {
            faults.Add(("Name", $"a name has at most {LongestName} characters, and a reason {LongestWhy}"));
        }

        var verdict = VerdictKind.Normal;
        if (Text("Verdict") is not { } said || !Enum.TryParse(said, ignoreCase: true, out verdict) || !Enum.IsDefined(verdict) || char.IsAsciiDigit(said[0]))
        {
            faults.Add(("Verdict", $"{(Text("Verdict") is { } wrong ? $"\"{wrong}\" is" : "it is missing; it is")} {(Text("Verdict") is null ? "one" : "none")} of normal, abnormal, review"));
        }

        var rule = new Rule(name, origin, verdict, Text("Why") ?? "")
        {
            Watch = List("Watch"),
            Functions = Signatures("Function"),
            Events = Signatures("Event"),
            From = ConditionOf("From"),
            To = ConditionOf("To"),
            With = [.. Several("With").SelectMany(text => Outside().Split(text)).Select(TogetherOf).OfType<Together>()],
            Args = [.. given.Keys.Where(key => key.StartsWith("Args:", StringComparison.OrdinalIgnoreCase)).Select(key => key.Split(':')[1]).Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(argument => new KeyValuePair<string, Condition>(argument, ConditionOf($"Args:{argument}")!))],
            Value = ConditionOf("Value"),
            Succeeded = Text("Status")?.ToLowerInvariant() switch { null => null, "success" => true, "failed" => false, var other => Fault<bool?>("Status", $"\"{other}\" is neither success nor failed") },
            Rate = RateOf(),
            Time = TimeOf(),
            Severity = Text("Severity") is { } word ? SeverityWords.Read(word) is var severity and not Severity.Unknown ? severity : Fault<Severity?>("Severity", $"\"{word}\" is none of critical, error, warning, info") : null,
        };
        foreach (var kind in rule.Watch.Where(each => each.StartsWith("kind:", StringComparison.OrdinalIgnoreCase) && !Enum.TryParse<Watching.ContractKind>(each[5..], ignoreCase: true, out _)))
        {
            faults.Add(("Watch", $"\"{kind}\" is no kind; there are {string.Join(", ", Enum.GetNames<Watching.ContractKind>())}"));
        }

        return (faults.Count == 0 ? rule : null, faults);

        string? Text(string key) => given.GetValueOrDefault(key)?.Trim() is { Length: > 0 } text ? text : null;

        T? Fault<T>(string key, string what)
        {
            faults.Add((key, what));
            return default;
        }

        List<string> List(string key) => [.. Several(key).SelectMany(text => Outside().Split(text)).Select(Quotes.Off).Where(word => word.Length > 0 && word != "*")];

        List<string> Signatures(string key)
        {
            List<string> names = [.. Several(key).SelectMany(text => Outside().Split(text)).Select(word => Quotes.Off(word).Replace(" ", "", StringComparison.Ordinal)).Where(word => word.Length > 0)];
            foreach (var wrong in names.Where(each => !Named().IsMatch(each)))
            {
                faults.Add((key, $"\"{wrong}\" is neither a name, a signature as transfer(address,uint256), nor a selector as 0xa9059cbb"));
            }

            return [.. names.Select(each => each is "receive" or "create" ? each + "()" : each)];
        }

        // A list may stand as one text with commas, or as entries 0, 1, 2.
        IEnumerable<string> Several(string key) => given.Where(pair => string.Equals(pair.Key, key, StringComparison.OrdinalIgnoreCase) || (pair.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase) && int.TryParse(pair.Key[(key.Length + 1)..], out _))).Select(pair => pair.Value);

        Condition? ConditionOf(string key)
        {
            var below = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (at, text) in given.Where(pair => string.Equals(pair.Key, key, StringComparison.OrdinalIgnoreCase) || pair.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase)))
            {
                var parts = at.Length > key.Length ? at[(key.Length + 1)..].Split(':') : [""];
                var comparison = int.TryParse(parts[0], out _) ? "in" : parts[0];
                below[comparison] = below.TryGetValue(comparison, out var before) ? $"{before}, {text}" : text;
            }

            return below.Count == 0 ? null : Condition.Read(below, (comparison, what) => faults.Add((comparison.Length > 0 ? $"{key}:{comparison}" : key, what)));
        }

        Together? TogetherOf(string text) => Together.Read(text)
            ?? Fault<Together>("With", $"\"{text.Trim()}\" is not something that is done together: write it as Withdraw, or Withdraw(from=target, to=receiver)");

        Rate? RateOf()
        {
            if (Text("Rate") is not { } text)
            {
                return null;
            }

            return RateWords().Match(text) is { Success: true } match && int.TryParse(match.Groups[1].Value, out var count) && count is > 0 and <= 10_000 && Span(match.Groups[2].Value) is { } within
                ? new Rate(count, within)
                : Fault<Rate>("Rate", $"\"{text}\" is not a rate: write it as more than 3 in 1h, with m, h or d, at most 7d");
        }

        TimeOfDay? TimeOf()
        {
            if (Text("Time") is not { } text)
            {
                return null;
            }

            var zone = Text("TimeZone") is { } id ? WallClock.FindZone(id) : DateTimeZone.Utc;
            if (zone is null)
            {
                return Fault<TimeOfDay>("TimeZone", WallClock.UnknownZone(Text("TimeZone")!).TrimEnd('.'));
            }

            return TimeWords().Match(text) is { Success: true } match && Clock.Parse(match.Groups[2].Value) is { Success: true } from && Clock.Parse(match.Groups[3].Value) is { Success: true } until
                ? new TimeOfDay(from.Value, until.Value, match.Groups[1].Success, zone)
                : Fault<TimeOfDay>("Time", $"\"{text}\" is no time of day: write it as 08:00-18:00, or outside 08:00-18:00");
        }
    }

    /// <summary>The words of one line: key=value, with semicolons between.</summary>
    public static (IReadOnlyDictionary<string, string>? Words, string? Fault) Split(string line)
    {
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in line.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } key, var value])
            {
                return (null, $"\"{part}\" is not key=value. A rule is written as Watch=SNT token; Function=transfer; Args:_amount:max=100 SNT; Verdict=normal; Why=…");
            }

            words[key.Replace('.', ':')] = Quotes.Off(value);
        }

        return words.Count > 0 ? (words, null) : (null, "There is no rule in it.");
    }

    /// <summary>A rule that is named, or written as one line; nothing for nothing.</summary>
    public static (Rule? Rule, string? Fault) Meant(string? text, IReadOnlyList<Rule> rules)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, null);
        }

        if (!text.Contains('=', StringComparison.Ordinal))
        {
            return rules.FirstOrDefault(rule => string.Equals(rule.Name, text.Trim().Trim('"'), StringComparison.OrdinalIgnoreCase)) is { } named
                ? (named, null)
                : (null, $"There is no rule \"{text}\". `/watch rule --all` shows them; or write one: Function=transfer; From=R&D Multisig; Verdict=normal");
        }

        if (Split(text) is (null, var fault))
        {
            return (null, fault);
        }

        var (rule, faults) = Read(Split(text).Words!, "this test", "this rule");
        return rule is null ? (null, string.Join('\n', faults.Select(each => $"{each.Key}: {each.What}."))) : (rule, null);
    }

    private static Duration? Span(string text) => int.TryParse(text[..^1], out var amount) && amount > 0 ? (char.ToLowerInvariant(text[^1]) switch
    {
        'm' => Duration.FromMinutes(amount),
        'h' => Duration.FromHours(amount),
        _ => Duration.FromDays(amount),
    }) is var span && span <= Duration.FromDays(7) ? span : null : null;

    [GeneratedRegex(@",(?![^()]*\))")]
    private static partial Regex Outside();

    [GeneratedRegex(@"^(\*|0x[0-9a-fA-F]{8}|[A-Za-z_$][\w$]*(\([\w$,\[\]()]*\))?)$")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\s*more than (\d+) in (\d+\s*[mhd])\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex RateWords();

    [GeneratedRegex(@"^\s*(outside\s+)?(\d{1,2}:\d{2})\s*(?:-|–|to)\s*(\d{1,2}:\d{2})\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex TimeWords();
}
