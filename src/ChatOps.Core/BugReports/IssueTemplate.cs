using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>What an issue says. Repositories may be public: neither the report's title nor anything of what is wrong goes there, only the way to it.</summary>
internal static class IssueTemplate
{
    public const int MostLabels = 30;

    public static string TitleOf(BugReport report) => $"Security report {report.Id} ({report.SourceTitle} {report.ExternalId})";

    /// <summary>One label of each group that has a usual one and of which the swarm has none of its own.</summary>
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
            .. groups.Where(group => !own.Any(label => IsOf(group, label)) && usual.TryGetValue(group.Name, out var value) && group.Values.Contains(value))
                .Select(group => $"{group.Name}:{usual[group.Name]}"),
        ];
    }

    /// <summary>What somebody chose with the swarm's own; of a group of which they chose one the swarm's is left out.</summary>
    public static IReadOnlyList<string> WithOwn(IReadOnlyList<string> chosen, IReadOnlyList<LabelGroup> groups, Swarm? swarm) =>
    [
        .. chosen
            .Concat((swarm?.Labels ?? []).Where(own => !groups.Any(group => IsOf(group, own) && chosen.Any(label => IsOf(group, label)))))
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private static bool IsOf(LabelGroup group, string label) => label.StartsWith(group.Name + ":", StringComparison.OrdinalIgnoreCase);

    /// <param name="report">What it is about.</param>
    /// <param name="key">A secret for the first draft: whoever could guess it could put an issue of their own in the place of ours.</param>
    /// <param name="repository">Owner and name.</param>
    /// <param name="title">As somebody has written it.</param>
    /// <param name="labels">All of them.</param>
    /// <param name="assignees">The tracker's names.</param>
    public static IssueDraft Draft(BugReport report, Guid key, string repository, string title, IReadOnlyList<string> labels, IReadOnlyList<string> assignees) =>
        Draft(report, report.IssueMarker ?? $"chatops-{key:N}", repository, title, labels, assignees);

    private static IssueDraft Draft(BugReport report, string marker, string repository, string title, IReadOnlyList<string> labels, IReadOnlyList<string> assignees) =>
        new(repository, title, Body(report, marker), marker, labels, assignees);

    private static string Body(BugReport report, string marker) =>
        $"""
        A security report was {(report.ValidatedAt is { } at ? $"validated, {WallClock.Say(at, DateTimeZone.Utc)}" : "submitted, and is not validated yet")}.

        - Report: {report.Facts.Url ?? $"{report.SourceTitle} {report.ExternalId}"} (for those with access to the inbox)
        - Severity: {report.Facts.Severity.Say()}
        - In chat: {report.Id}

        What is wrong stands in the inbox only. Keep it out of this issue, its commits and its pull requests until it is fixed and released.

        {marker}
        """;
}
