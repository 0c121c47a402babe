namespace ChatOps.Core.BugReports;

/// <summary>An issue as its tracker last showed it.</summary>
/// <param name="Reference">Its place.</param>
/// <param name="Url">Where people look at it.</param>
/// <param name="Title">One line.</param>
/// <param name="Closed">Whether it is done, or will not be done.</param>
/// <param name="Labels">The labels that the tracker kept, which may be fewer than were asked for.</param>
/// <param name="Assignees">The people that the tracker kept.</param>
public sealed record IssueState(
    IssueReference Reference,
    Uri Url,
    string Title,
    bool Closed,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Assignees);
