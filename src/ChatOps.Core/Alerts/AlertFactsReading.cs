using ChatOps.Core.Chat;

namespace ChatOps.Core.Alerts;

/// <summary>From a group's signals to what the card says: what they share, cut to what a message can hold.</summary>
internal static class AlertFactsReading
{
    public const int SampleSize = 10;
    private const int MostLabels = 8;

    // Who scraped it and which copy of Prometheus sent it helps nobody at night; the rest of the names are on the card in another place.
    private static readonly HashSet<string> Unimportant = ["alertname", "severity", "prometheus", "prometheus_replica", "replica", "monitor", "endpoint", "grafana_folder"];

    public static AlertFacts Of(SignalGroup group, IReadOnlyList<Signal> firing, AlertRoute route, AlertFacts? before)
    {
        var labels = Shared(firing.Select(signal => signal.Labels), before?.Labels);
        var name = Same(firing, signal => signal.Label("alertname"));
        var summary = Cut(Same(firing, signal => signal.Annotation("summary") ?? signal.Annotation("message")), 500);
        var severity = SeverityWords.Read(route.Severity) is var fixedOne and not Severity.Unknown ? fixedOne : firing.Max(SeverityOf);
        return new AlertFacts(Cut(name, 150) ?? Cut(summary, 150) ?? (firing is [var first, ..] ? NameOf(first) : "alert without a name"), before is null ? severity : Worst(before.Severity, severity))
        {
            Summary = summary,
            Description = CutLines(Same(firing, signal => signal.Annotation("description")), 1500),
            Labels = labels
                .Where(label => !Unimportant.Contains(label.Key) && !label.Key.StartsWith("__", StringComparison.Ordinal))
                .Select(label => (Key: Cut(label.Key, 60), Value: Cut(label.Value, 200)))
                .Where(label => label is { Key: not null, Value: not null })
                .DistinctBy(label => label.Key)
                .OrderBy(label => label.Key, StringComparer.Ordinal)
                .Take(MostLabels)
                .ToDictionary(label => label.Key!, label => label.Value!),
            Links = [.. Links(group, firing, route)],
            SourceTitle = group.SourceTitle,
            Receiver = Cut(group.Receiver, 60),
            Truncated = group.Truncated,
        };
    }

    public static Severity SeverityOf(Signal signal) => SeverityWords.Read(signal.Label("severity") ?? signal.Label("priority"));

    /// <summary>What tells the signal from others of its group.</summary>
    public static string NameOf(Signal signal)
    {
        string[] usual = ["instance", "host", "node", "pod", "container", "service", "job"];
        var name = usual.Select(signal.Label).FirstOrDefault(value => value is not null)
            ?? string.Join(", ", signal.Labels.Where(label => !Unimportant.Contains(label.Key)).Select(label => $"{label.Key}={label.Value}"));
        return Cut(name, 120) ?? Cut(signal.Label("alertname"), 120) ?? signal.Fingerprint;
    }

    /// <summary>One line of at most so many characters, or null when there is nothing in it.</summary>
    public static string? Cut(string? text, int most) => CutLines(string.Join(' ', (text ?? "").Split((char[]?)['\n', '\r', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries)), most);

    /// <summary>The same with its lines kept.</summary>
    public static string? CutLines(string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        // Control characters, among them those that turn the direction of text around, could make one field look like another.
        var clean = string.Concat(text.Trim().Take(most + 1).Select(c => c != '\n' && (char.IsControl(c) || Markup.TurnsText(c)) ? ' ' : c)).Trim();
        return clean.Length == 0 ? null : clean.Length <= most ? clean : clean[..(char.IsHighSurrogate(clean[most - 2]) ? most - 2 : most - 1)] + "…";
    }

    private static Severity Worst(Severity one, Severity other) => one > other ? one : other;

    private static IEnumerable<AlertLink> Links(SignalGroup group, IReadOnlyList<Signal> firing, AlertRoute route)
    {
        (string Name, string? Url)[] links =
        [
            ("Source", firing.Select(signal => signal.GeneratorUrl).FirstOrDefault(url => !string.IsNullOrEmpty(url))),
            ("Runbook", firing.Select(signal => signal.Annotation("runbook_url") ?? signal.Annotation("runbook")).FirstOrDefault(url => url is not null) ?? route.Runbook),
            ("Dashboard", firing.Select(signal => signal.Annotation("dashboard_url") ?? signal.Annotation("dashboard")).FirstOrDefault(url => url is not null)),
            (group.SourceTitle, group.Url),
        ];
        return links.Where(link => link.Url is { Length: <= 2000 } url && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            .Select(link => new AlertLink(link.Name, link.Url!));
    }

    private static string? Same(IReadOnlyList<Signal> signals, Func<Signal, string?> read) =>
        signals.Select(read).Distinct().ToList() is [var only] ? only : null;

    private static Dictionary<string, string> Shared(IEnumerable<IReadOnlyDictionary<string, string>> labels, IReadOnlyDictionary<string, string>? before)
    {
        Dictionary<string, string>? shared = null;
        foreach (var one in labels)
        {
            shared = shared is null
                ? new Dictionary<string, string>(one)
                : shared.Where(label => one.TryGetValue(label.Key, out var value) && value == label.Value).ToDictionary();
        }

        shared ??= [];
        return before is null ? shared : shared.Where(label => Cut(label.Key, 60) is { } key && before.TryGetValue(key, out var value) && value == Cut(label.Value, 200)).ToDictionary();
    }
}
