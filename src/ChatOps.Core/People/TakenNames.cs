namespace ChatOps.Core.People;

/// <summary>Names that nobody can have: what such a person did would read as if we had done it, or a source, or as if everybody were meant.</summary>
/// <param name="sources">The sources that the settings make.</param>
public sealed class TakenNames(IEnumerable<string> sources)
{
    private static readonly string[] Always =
    [
        "ChatOps", "everyone", "everybody", "here", "channel", "on-call", "nobody", "somebody", "you", "pager",
        "Slack", "Status", "GitHub", "PagerDuty", "Alertmanager", "Prometheus", "HackerOne",
    ];

    private readonly HashSet<string> _all = [.. Always.Concat(sources).Select(Letters)];

    /// <summary>Whether it is one of them, however it is written: "Chat Ops", "@here", "hacker-one".</summary>
    public bool Has(string name) => _all.Contains(Letters(name));

    private static string Letters(string name) => string.Concat(name.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
