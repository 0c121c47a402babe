namespace ChatOps.Core.BugReports;

/// <summary>Labels of which an issue carries exactly one, written <c>group:value</c>.</summary>
public sealed record LabelGroup(string Name, IReadOnlyList<string> Values)
{
    /// <summary>What Status asks of every issue.</summary>
    public static IReadOnlyList<LabelGroup> Usual { get; } =
    [
        new("severity", ["informational", "does-not-spark-joy", "low", "medium", "high", "critical", "undetermined"]),
        new("difficulty", ["low", "medium", "high", "undetermined"]),
        new("status", ["information-needed", "reported", "in-progress", "awaiting-review", "wont-fix", "resolved"]),
        new("type", ["docs", "bug", "arch", "enhancement"]),
    ];

    /// <summary>A sentence about what is wrong with an issue's labels, or null.</summary>
    public static string? Fault(IReadOnlyList<LabelGroup> groups, IReadOnlyList<string> labels)
    {
        foreach (var group in groups)
        {
            var mine = labels.Where(label => label.StartsWith(group.Name + ":", StringComparison.OrdinalIgnoreCase)).ToList();
            if (mine.Count != 1)
            {
                return $"An issue has exactly one label {group.Name}:…; these have {(mine.Count == 0 ? "none" : string.Join(" and ", mine))}. There are {string.Join(", ", group.Values)}.";
            }

            if (group.Values.Count > 0 && !group.Values.Contains(mine[0][(group.Name.Length + 1)..], StringComparer.OrdinalIgnoreCase))
            {
                return $"{mine[0]} is none of {string.Join(", ", group.Values.Select(value => $"{group.Name}:{value}"))}.";
            }
        }

        return null;
    }
}
