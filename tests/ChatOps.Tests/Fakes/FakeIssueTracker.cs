using ChatOps.Core.BugReports;
using NodaTime;

namespace ChatOps.Tests.Fakes;

/// <summary>An issue tracker in memory. It can be away, lose its answer after the work is done, and drop labels without a word, as the real ones do.</summary>
internal sealed class FakeIssueTracker : IIssueTracker
{
    private readonly Lock _lock = new();
    private readonly List<(IssueDraft Draft, IssueState State)> _issues = [];
    private readonly HashSet<long> _gone = [];

    public IReadOnlyList<(IssueDraft Draft, IssueState State)> Issues
    {
        get
        {
            lock (_lock)
            {
                return [.. _issues];
            }
        }
    }

    public string Host => "github.com";

    /// <summary>Why it does nothing at the moment.</summary>
    public string? Away { get; set; }

    /// <summary>The next creation is done, and its answer is lost.</summary>
    public bool LosesAnswer { get; set; }

    /// <summary>A label that it leaves out.</summary>
    public string? Drops { get; set; }

    /// <summary>The repository that our account may not see any more.</summary>
    public string? Hides { get; set; }

    public void Delete(long number)
    {
        lock (_lock)
        {
            _gone.Add(number);
        }
    }

    public void Close(long number)
    {
        lock (_lock)
        {
            var at = _issues.FindIndex(issue => issue.State.Reference.Number == number);
            _issues[at] = (_issues[at].Draft, _issues[at].State with { Closed = true });
        }
    }

    public Task<IssueState?> Find(string repository, string marker, CancellationToken cancel)
    {
        Meet(repository);
        lock (_lock)
        {
            return Task.FromResult(_issues.Where(issue => issue.Draft.Repository == repository && issue.Draft.Body.Contains(marker, StringComparison.Ordinal)).Select(issue => issue.State).FirstOrDefault());
        }
    }

    public Task<IssueState> Create(IssueDraft draft, CancellationToken cancel)
    {
        Meet(draft.Repository);
        lock (_lock)
        {
            var number = _issues.Count + 1;
            var state = new IssueState(
                new IssueReference(draft.Repository, number), new Uri($"https://github.com/{draft.Repository}/issues/{number}"), draft.Title, Closed: false, [.. draft.Labels.Where(label => label != Drops)], draft.Assignees);
            _issues.Add((draft, state));
            if (!LosesAnswer)
            {
                return Task.FromResult(state);
            }
        }

        LosesAnswer = false;
        throw new IssueTrackerException("GitHub closed the connection.", null, isFinal: false, null);
    }

    public Task<IssueState?> Read(IssueReference issue, CancellationToken cancel)
    {
        Meet(issue.Repository);
        lock (_lock)
        {
            return Task.FromResult(_issues.Select(each => each.State).FirstOrDefault(state => state.Reference == issue && !_gone.Contains(issue.Number)));
        }
    }

    private void Meet(string repository)
    {
        if (repository == Hides)
        {
            throw new IssueTrackerException($"GitHub has no {Hides} that the token can see: correct the name, or give the token access.", null, isFinal: true, null);
        }

        if (Away is { } why)
        {
            throw new IssueTrackerException(why, Duration.FromSeconds(10), isFinal: false, null);
        }
    }
}
