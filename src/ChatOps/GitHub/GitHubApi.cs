using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ChatOps.Core.BugReports;
using Octokit;

namespace ChatOps.GitHub;

/// <summary>Calls of GitHub's REST API, each of which answers or fails with an <see cref="IssueTrackerException"/> that says why.</summary>
internal sealed partial class GitHubApi(IConnection connection, TimeProvider clock)
{
    /// <summary>The host at which people see what the API tells of: its own, or the one that it stands before.</summary>
    public string Site => connection.BaseAddress.Host is var host && host.StartsWith("api.", StringComparison.OrdinalIgnoreCase) ? host["api.".Length..] : host;

    /// <summary>The last call's trouble where it was with GitHub as a whole, and not with what was asked of it.</summary>
    public string? Trouble { get; private set; }

    /// <param name="path">From the API's base address on.</param>
    /// <param name="subject">What it is about, such as a repository, for what is said when it fails.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IApiResponse<T>> Get<T>(string path, string subject, CancellationToken cancel)
        where T : class => Ask(subject, () => connection.Get<T>(new Uri(path, UriKind.Relative), null, null, cancel), cancel);

    /// <inheritdoc cref="Get"/>
    public Task<IApiResponse<T>> Post<T>(string path, object body, string subject, CancellationToken cancel)
        where T : class => Ask(subject, () => connection.Post<T>(new Uri(path, UriKind.Relative), body, null, null, parameters: null, cancel), cancel);

    /// <summary>Whose the token is; null where it is an app's, which is nobody's.</summary>
    public async Task<IApiResponse<User>?> Self(CancellationToken cancel)
    {
        try
        {
            var user = await Get<User>("user", "user", cancel);
            return user.Body.Id > 0 ? user : throw GitHubTroubles.Unreadable("it is not a user", null);
        }
        catch (IssueTrackerException fault) when (fault is { IsFinal: true, InnerException: ForbiddenException })
        {
            return null;
        }
    }

    /// <summary>The entries of a list, page after page; a page that nobody reads is not asked for. GitHub's order.</summary>
    /// <param name="path">From the API's base address on.</param>
    /// <param name="query">With its question mark.</param>
    /// <param name="subject">What it is about, for what is said when it fails.</param>
    /// <param name="cancel">Gives up.</param>
    public async IAsyncEnumerable<T> List<T>(string path, string query, string subject, [EnumeratorCancellation] CancellationToken cancel)
        where T : class
    {
        for (var next = query; next is not null;)
        {
            var page = await Get<List<T>>(path + next, subject, cancel);
            foreach (var entry in page.Body)
            {
                yield return entry ?? throw GitHubTroubles.Unreadable("a list has a hole", null);
            }

            // GitHub names the next page in its own words; they are asked where the settings say, as everything else.
            var following = page.HttpResponse.ApiInfo.Links.GetValueOrDefault("next")?.Query;
            next = following != next ? following : null;
        }
    }

    /// <summary>The repository's path, or what is wrong with its name: nothing else than a name may become part of an address.</summary>
    public static string PathOf(string repository) => Repository().IsMatch(repository)
        ? $"repos/{repository}"
        : throw new IssueTrackerException($"\"{repository}\" is not a repository: write it as owner/name.", null, isFinal: true, null);

    private async Task<IApiResponse<T>> Ask<T>(string subject, Func<Task<IApiResponse<T>>> call, CancellationToken cancel)
        where T : class
    {
        try
        {
            var answer = await call();
            if (answer.Body is null || answer.HttpResponse.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created))
            {
                throw GitHubTroubles.Unreadable($"it is {(int)answer.HttpResponse.StatusCode}, and not what was asked for", null);
            }

            Trouble = null;
            return answer;
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            var trouble = fault as IssueTrackerException ?? GitHubTroubles.Of(fault, subject, clock.GetUtcNow());
            Trouble = trouble.IsFinal && fault is not AuthorizationException ? null : trouble.Message;
            throw trouble;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9-]*/(?!\.{1,2}$)[A-Za-z0-9._-]+\z")]
    private static partial Regex Repository();
}
