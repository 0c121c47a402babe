using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>What an issue says. Repositories may be public: neither the report's title nor anything of what is wrong goes there, only the way to it.</summary>
internal static class IssueTemplate
{
    public const int MostLabels = 30;

    public static string TitleOf(BugReport report) => $"Security report {report.Id} ({report.SourceTitle} {report.ExternalId})";

    /// <summary>One word that no other report has, for finding the issue again.</summary>
    public static string MarkerOf(BugReport report) => $"chatops-{report.Source}-{report.ExternalId}";

    /// <summary>One label of each group that has a usual one, then the swarm's.</summary>
    public static IReadOnlyList<string> LabelsOf(BugReport report, IReadOnlyList<LabelGroup> groups, Swarm? swarm)
    {
        var severity = report.Facts.Severity switch
        {
            ReportSeverity.Unrated => "undetermined",
            ReportSeverity.None => "informational",
            var rated => rated.Say(),
        };
        var usual = new Dictionary<string, string> { ["severity"] = severity, ["difficulty"] = "undetermined", ["status"] = "reported", ["type"] = "bug" };
        var own = swarm?.Labels ?? [];
        return
        [
            .. groups.Where(group => !own.Any(label => label.StartsWith(group.Name + ":", StringComparison.OrdinalIgnoreCase)) && usual.TryGetValue(group.Name, out var value) && group.Values.Contains(value))
                .Select(group => $"{group.Name}:{usual[group.Name]}"),
            .. own,
        ];
    }

    public static IssueDraft Draft(BugReport report, string repository, string title, IReadOnlyList<string> labels, IReadOnlyList<string> assignees) =>
        new(repository, title, Body(report), MarkerOf(report), labels, assignees);

    private static string Body(BugReport report) =>
        $"""
        A security report was validated{(report.ValidatedAt is { } at ? $", {WallClock.Say(at, DateTimeZone.Utc)}" : "")}.

        - Report: {report.Facts.Url ?? $"{report.SourceTitle} {report.ExternalId}"} (for those with access to the inbox)
        - Severity: {report.Facts.Severity.Say()}
        - In chat: {report.Id}

        What is wrong stands in the inbox only. Keep it out of this issue, its commits and its pull requests until it is fixed and released.

        {MarkerOf(report)}
        """;
}
