namespace ChatOps.Core.BugReports;

/// <summary>The labels that are asked of every issue: one of each group. What lies in no group may be there or not.</summary>
/// <param name="All">The groups, in the order in which a form asks for them; none: nothing is asked.</param>
public sealed record LabelGroups(IReadOnlyList<LabelGroup> All)
{
    /// <summary>One sentence for each group of which there is none, or more than one; empty: the labels will do.</summary>
    public IReadOnlyList<string> WhatIsWrong(IEnumerable<string> labels)
    {
        var given = labels.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return [.. All.Select(group => WhatIsWrong(group, [.. given.Where(group.Has)])).OfType<string>()];
    }

    private static string? WhatIsWrong(LabelGroup group, List<string> given) => given.Count switch
    {
        0 when group.Labels.Count == 1 => $"The label {group.Labels[0]} is missing.",
        0 => $"One of these labels is missing: {string.Join(", ", group.Labels)}.",
        1 => null,
        _ => $"Only one of these labels may be there: {string.Join(", ", given)}.",
    };
}
