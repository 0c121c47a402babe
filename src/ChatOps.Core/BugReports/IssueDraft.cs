namespace ChatOps.Core.BugReports;

/// <summary>An issue that is still to be created.</summary>
/// <param name="Repository">Owner and name.</param>
/// <param name="Title">One line.</param>
/// <param name="Body">Markdown that already contains the marker.</param>
/// <param name="Marker">The words by which the issue is found again after a crash between creating and noting it.</param>
/// <param name="Labels">What it shall be labelled with.</param>
/// <param name="Assignees">The tracker's names of the people who shall do it.</param>
public sealed record IssueDraft(
    string Repository,
    string Title,
    string Body,
    string Marker,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Assignees);
