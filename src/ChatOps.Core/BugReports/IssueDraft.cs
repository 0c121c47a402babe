namespace ChatOps.Core.BugReports;

/// <summary>An issue that is still to be created.</summary>
/// <param name="Repository">Owner and name.</param>
/// <param name="Body">Markdown that already contains the marker.</param>
/// <param name="Marker">The words by which the issue is found again after a crash between creating and noting it.</param>
public sealed record IssueDraft(
    string Repository,
    string Title,
    string Body,
    string Marker,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Assignees);
