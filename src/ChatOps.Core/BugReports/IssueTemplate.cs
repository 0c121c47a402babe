using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>What an issue says. Repositories may be public: neither the report's title nor anything of what is wrong goes there, only the way to it.</summary>
internal static class IssueTemplate
{
    public const int MostLabels = 30;

    public static string TitleOf(BugReport report) => $"Security report {report.Id} ({report.SourceTitle} {report.ExternalId})";

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

    /// <param name="report">What it is about.</param>
    /// <param name="key">A secret of this one draft: whoever could guess it could put an issue of their own in the place of ours.</param>
    /// <param name="repository">Owner and name.</param>
    /// <param name="title">As somebody has written it.</param>
    /// <param name="labels">All of them.</param>
    /// <param name="assignees">The tracker's names.</param>
    public static IssueDraft Draft(BugReport report, Guid key, string repository, string title, IReadOnlyList<string> labels, IReadOnlyList<string> assignees) =>
        new(repository, title, Body(report, $"chatops-{key:N}"), $"chatops-{key:N}", labels, assignees);

    private static string Body(BugReport report, string marker) =>
        $"""
        A security report was validated{(report.ValidatedAt is { } at ? $", {WallClock.Say(at, DateTimeZone.Utc)}" : "")}.

        - Report: {report.Facts.Url ?? $"{report.SourceTitle} {report.ExternalId}"} (for those with access to the inbox)
        - Severity: {report.Facts.Severity.Say()}
        - In chat: {report.Id}

        What is wrong stands in the inbox only. Keep it out of this issue, its commits and its pull requests until it is fixed and released.

        {marker}
        """;
}
