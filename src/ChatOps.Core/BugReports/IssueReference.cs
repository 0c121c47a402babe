namespace ChatOps.Core.BugReports;

/// <summary>An issue's place.</summary>
/// <param name="Repository">Owner and name, as in <c>status-im/status-mobile</c>.</param>
/// <param name="Number">The issue's number in that repository.</param>
public sealed record IssueReference(string Repository, long Number);
