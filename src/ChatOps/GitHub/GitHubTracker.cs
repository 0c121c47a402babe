using System.Net;
using ChatOps.Core.BugReports;
using ChatOps.Web;
using NodaTime;
using Octokit;

namespace ChatOps.GitHub;

/// <summary>
/// GitHub's issues. GitHub has no key that makes creating safe to repeat: after a failure that is not final the issue may be there, and whoever tries again
/// looks for its marker first.
/// </summary>
internal sealed class GitHubTracker(GitHubApi github, TimeProvider clock) : IIssueTracker, IReadiness
{
    /// <summary>How far back a marker is looked for. What we began longer ago is not begun again by itself.</summary>
    public static readonly Duration LooksBack = Duration.FromDays(30);

    private const string NewestFirst = "?state=all&sort=created&direction=desc&per_page=100";

    // GitHub's number of the token's own user, which outlives a change of the login; an app's token has none.
    private const long NotAsked = -1;
    private const long App = 0;
    private const long Untold = -2;
    private long _self = NotAsked;

    string IReadiness.Kind => "issues";

    string IReadiness.Name => "gitHub";

    public string Host => github.Site;

    public ValueTask<PartState> Look(CancellationToken cancel) => new(new PartState(github.Trouble is null, github.Trouble ?? "ok"));

    /// <summary>
    /// Reads the issues themselves: GitHub's search knows a new one only after a while. Only what the token's own user wrote is ours: anybody can copy the marker into an older issue of
    /// theirs, once it is to be seen. Of several the first is it.
    /// </summary>
    public async Task<IssueState?> Find(string repository, string marker, CancellationToken cancel)
    {
        var oldest = clock.GetUtcNow() - LooksBack.ToTimeSpan();
        Issue? found = null;
        await foreach (var issue in github.List<Issue>($"{GitHubApi.PathOf(repository)}/issues", NewestFirst, repository, cancel))
        {
            if (issue.Number <= 0 || issue.CreatedAt == default)
            {
                throw GitHubTroubles.Unreadable("it is not a list of issues", null);
            }

            if (issue.CreatedAt < oldest)
            {
                break;
            }

            found = issue.PullRequest is null && Has(issue.Body ?? "", marker) && await IsOurs(issue, cancel) ? issue : found;
        }

        return found is null ? null : StateOf(found);
    }

    public async Task<IssueState> Create(IssueDraft draft, CancellationToken cancel)
    {
        var wanted = new NewIssue(draft.Title) { Body = draft.Body };
        draft.Labels.ToList().ForEach(wanted.Labels.Add);
        draft.Assignees.ToList().ForEach(wanted.Assignees.Add);
        var created = await github.Post<Issue>($"{GitHubApi.PathOf(draft.Repository)}/issues", wanted, draft.Repository, cancel);
        return StateOf(created.Body);
    }

    /// <summary>An issue that was moved is read where it is now, and its reference says where. Throws when the whole repository is out of sight: that says nothing about the issue.</summary>
    public async Task<IssueState?> Read(IssueReference issue, CancellationToken cancel)
    {
        var repository = GitHubApi.PathOf(issue.Repository);
        try
        {
            return StateOf((await github.Get<Issue>($"{repository}/issues/{issue.Number}", issue.Repository, cancel)).Body);
        }
        catch (IssueTrackerException fault) when (fault.InnerException is ApiException { StatusCode: HttpStatusCode.Gone })
        {
            return null;
        }
        catch (IssueTrackerException fault) when (fault.InnerException is NotFoundException)
        {
            await github.Get<Repository>(repository, issue.Repository, cancel);
            return null;
        }
    }

    /// <summary>
    /// Whether the token's own user wrote it. An app's token does not say which user it writes as, but that is a bot, and no stranger is one. Where a server that only speaks like GitHub does
    /// not say who wrote it, or whose the token is, the marker has to do.
    /// </summary>
    private async Task<bool> IsOurs(Issue issue, CancellationToken cancel)
    {
        if (_self == NotAsked)
        {
            try
            {
                _self = (await github.Self(cancel))?.Body.Id ?? App;
            }
            catch (IssueTrackerException fault) when (fault.InnerException is NotFoundException)
            {
                _self = Untold;
            }
        }

        return _self == Untold || issue.User is not { Id: > 0 } author || (_self == App ? author.Type == AccountType.Bot : author.Id == _self);
    }

    /// <summary>Whether the marker stands there by itself: that of report 12 is also the beginning of that of report 123.</summary>
    private static bool Has(string body, string marker)
    {
        for (var at = body.IndexOf(marker, StringComparison.Ordinal); at >= 0; at = body.IndexOf(marker, at + 1, StringComparison.Ordinal))
        {
            if (!IsInWord(body, at - 1) && !IsInWord(body, at + marker.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInWord(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '-' or '_');

    private static IssueState StateOf(Issue issue) =>
        Uri.TryCreate(issue.HtmlUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Segments is [_, var owner, var name, _, _] && issue.Number > 0
            ? new(
                new IssueReference(owner + name.TrimEnd('/'), issue.Number),
                url,
                issue.Title ?? "",
                issue.State.StringValue == "closed",
                [.. (issue.Labels ?? []).OfType<Label>().Select(label => label.Name)],
                [.. (issue.Assignees ?? []).OfType<User>().Select(person => person.Login)])
            : throw GitHubTroubles.Unreadable("it is not an issue", null);
}
