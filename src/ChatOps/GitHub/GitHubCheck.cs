using ChatOps.Core.BugReports;
using Octokit;

namespace ChatOps.GitHub;

/// <summary>Asks GitHub whether the token may do what is asked of it, and says what to do where it may not.</summary>
internal sealed class GitHubCheck(GitHubApi github, GitHubSettings settings, Action<string> say)
{
    // A classic token says what it may; public_repo is enough where all repositories are public.
    private static readonly string[] Scopes = ["repo", "public_repo"];

    private int _wrong;

    /// <param name="repositories">Those that issues are made in, as owner/name.</param>
    /// <param name="labels">Those that issues are labelled with.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many things do not work.</returns>
    public async Task<int> Run(IEnumerable<string> repositories, IReadOnlyCollection<string> labels, CancellationToken cancel)
    {
        if (!await Knows(cancel))
        {
            return _wrong;
        }

        foreach (var repository in repositories.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            await Try(() => Takes(repository, labels, cancel));
        }

        return _wrong;
    }

    private Task<bool> Knows(CancellationToken cancel) => Try(async () =>
    {
        if (await github.Self(cancel) is { } user)
        {
            say($"GitHub: {settings.ApiBaseUrl.Host} takes the token, as @{user.Body.Login}.");
            if (user.HttpResponse.Headers.Keys.Contains("X-OAuth-Scopes", StringComparer.OrdinalIgnoreCase) && !user.HttpResponse.ApiInfo.OauthScopes.Intersect(Scopes).Any())
            {
                Wrong("the token may not make issues: give it the scope repo, or public_repo where all repositories are public.");
            }
        }
        else
        {
            say($"GitHub: {settings.ApiBaseUrl.Host} takes the token, an app's.");
        }
    });

    private async Task Takes(string name, IReadOnlyCollection<string> labels, CancellationToken cancel)
    {
        var path = GitHubApi.PathOf(name);
        var repository = (await github.Get<Repository>(path, name, cancel)).Body;
        if (repository.Archived)
        {
            Wrong($"{name} is archived: choose another repository.");
        }
        else if (!repository.HasIssues)
        {
            Wrong($"{name} takes no issues: switch them on in its settings on GitHub, or choose another repository.");
        }
        else if (repository.Permissions is not ({ Push: true } or { Triage: true }))
        {
            Wrong($"{name} would drop labels and assignees without a word: give the token's owner write access there.");
        }
        else
        {
            say($"GitHub: {name} takes issues.");
            await Labels(name, path, labels, cancel);
        }
    }

    private async Task Labels(string name, string path, IReadOnlyCollection<string> labels, CancellationToken cancel)
    {
        var missing = labels.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (missing.Count == 0)
        {
            return;
        }

        await foreach (var label in github.List<Label>($"{path}/labels", "?per_page=100", name, cancel))
        {
            missing.Remove(label.Name ?? "");
        }

        if (missing.Count > 0)
        {
            say($"GitHub: {name} has no label {string.Join(", ", missing)} yet; GitHub makes each when it is first used.");
        }
    }

    private async Task<bool> Try(Func<Task> ask)
    {
        try
        {
            await ask();
            return true;
        }
        catch (IssueTrackerException fault)
        {
            Wrong(fault.Message);
            return false;
        }
    }

    private void Wrong(string what)
    {
        _wrong++;
        say($"GitHub does not work yet: {what}");
    }
}
