namespace ChatOps.Core.BugReports;

/// <summary>Labels of which every issue carries exactly one, such as those that begin with <c>severity:</c>.</summary>
/// <param name="Name">What a person calls it: the words before the colon that all its labels share, or else the labels.</param>
/// <param name="Labels">Those to choose from, in the order in which they are offered; at least one.</param>
public sealed record LabelGroup(string Name, IReadOnlyList<string> Labels)
{
    public static LabelGroup Of(IReadOnlyList<string> labels)
    {
        var colon = labels[0].IndexOf(':', StringComparison.Ordinal);
        var isShared = colon > 0 && labels.All(label => label.StartsWith(labels[0][..(colon + 1)], StringComparison.OrdinalIgnoreCase));
        return new(isShared ? labels[0][..colon] : string.Join(" or ", labels), labels);
    }

    /// <summary>Whether the label is one of the group; trackers do not tell upper from lower case.</summary>
    public bool Has(string label) => Labels.Contains(label, StringComparer.OrdinalIgnoreCase);
}
