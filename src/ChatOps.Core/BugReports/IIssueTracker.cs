namespace ChatOps.Core.BugReports;

/// <summary>Where swarms keep their issues. Every call fails with <see cref="IssueTrackerException"/> only.</summary>
public interface IIssueTracker
{
    /// <summary>The host of its issues' addresses: github.com. What is elsewhere it cannot look at.</summary>
    string Host { get; }

    /// <summary>The issue whose body holds the marker, open or closed; null where there is none.</summary>
    Task<IssueState?> Find(string repository, string marker, CancellationToken cancel);

    /// <summary>Creates an issue; the answer says what the tracker really kept of labels and assignees.</summary>
    Task<IssueState> Create(IssueDraft draft, CancellationToken cancel);

    /// <summary>The issue as it is now; null when it is gone.</summary>
    Task<IssueState?> Read(IssueReference issue, CancellationToken cancel);
}
