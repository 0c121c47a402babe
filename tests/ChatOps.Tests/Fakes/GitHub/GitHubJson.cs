using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Tests.Fakes.GitHub;

/// <summary>What GitHub shows of things, field by field as in the recorded answers.</summary>
internal static class GitHubJson
{
    public static IResult Result(JsonNode body, int status = StatusCodes.Status200OK, IReadOnlyList<(string Name, string Value)>? headers = null) => new Answered(body, status, headers ?? []);

    public static JsonObject Issue(FakeGitHub github, FakeRepository repository, FakeIssue issue)
    {
        var (api, page) = ($"{github.ApiUrl}repos/{repository.Name}", $"{github.Address}/{repository.Name}");
        var url = $"{api}/issues/{issue.Number}";
        var kind = issue.IsPullRequest ? "pull" : "issues";
        var shown = new JsonObject
        {
            ["url"] = url,
            ["repository_url"] = api,
            ["labels_url"] = $"{url}/labels{{/name}}",
            ["comments_url"] = $"{url}/comments",
            ["events_url"] = $"{url}/events",
            ["html_url"] = $"{page}/{kind}/{issue.Number}",
            ["id"] = 1000 + issue.Number,
            ["node_id"] = $"I_{issue.Number}",
            ["number"] = issue.Number,
            ["title"] = issue.Title,
            ["user"] = Person(github, issue.Author),
            ["labels"] = new JsonArray([.. issue.Labels.Select(label => Label(api, label))]),
            ["state"] = issue.IsClosed ? "closed" : "open",
            ["locked"] = false,
            ["assignee"] = issue.Assignees.Count > 0 ? Person(github, issue.Assignees[0]) : null,
            ["assignees"] = new JsonArray([.. issue.Assignees.Select(login => Person(github, login))]),
            ["milestone"] = null,
            ["comments"] = 0,
            ["created_at"] = $"{issue.CreatedAt:yyyy-MM-ddTHH:mm:ssZ}",
            ["updated_at"] = $"{issue.CreatedAt:yyyy-MM-ddTHH:mm:ssZ}",
            ["closed_at"] = issue.IsClosed ? $"{issue.CreatedAt:yyyy-MM-ddTHH:mm:ssZ}" : null,
            ["author_association"] = "MEMBER",
            ["active_lock_reason"] = null,
            ["body"] = issue.Body,
            ["closed_by"] = null,
            ["reactions"] = Reactions(url),
            ["timeline_url"] = $"{url}/timeline",
            ["performed_via_github_app"] = null,
            ["state_reason"] = issue.IsClosed ? "completed" : null,
        };
        if (issue.IsPullRequest)
        {
            shown["pull_request"] = new JsonObject { ["url"] = $"{api}/pulls/{issue.Number}", ["html_url"] = $"{page}/pull/{issue.Number}" };
        }

        return shown;
    }

    public static JsonObject Person(FakeGitHub github, string login)
    {
        var url = $"{github.ApiUrl}users/{login}";
        return new JsonObject
        {
            ["login"] = login,
            ["id"] = 1000 + login.Aggregate(0, (number, letter) => ((number * 31) + letter) % 1_000_000),
            ["node_id"] = $"U_{login}",
            ["avatar_url"] = $"{github.Address}/avatars/{login}",
            ["gravatar_id"] = "",
            ["url"] = url,
            ["html_url"] = $"{github.Address}/{login}",
            ["followers_url"] = $"{url}/followers",
            ["following_url"] = $"{url}/following{{/other_user}}",
            ["gists_url"] = $"{url}/gists{{/gist_id}}",
            ["starred_url"] = $"{url}/starred{{/owner}}{{/repo}}",
            ["subscriptions_url"] = $"{url}/subscriptions",
            ["organizations_url"] = $"{url}/orgs",
            ["repos_url"] = $"{url}/repos",
            ["events_url"] = $"{url}/events{{/privacy}}",
            ["received_events_url"] = $"{url}/received_events",
            ["type"] = login.EndsWith("[bot]", StringComparison.Ordinal) ? "Bot" : "User",
            ["site_admin"] = false,
        };
    }

    public static JsonObject Label(string api, string name) => new()
    {
        ["id"] = 1000,
        ["node_id"] = $"LA_{name}",
        ["url"] = $"{api}/labels/{Uri.EscapeDataString(name)}",
        ["name"] = name,
        ["color"] = "ededed",
        ["default"] = false,
        ["description"] = null,
    };

    public static JsonObject Repository(FakeGitHub github, FakeRepository repository) => new()
    {
        ["id"] = 1,
        ["name"] = repository.Name.Split('/')[1],
        ["full_name"] = repository.Name,
        ["url"] = $"{github.ApiUrl}repos/{repository.Name}",
        ["html_url"] = $"{github.Address}/{repository.Name}",
        ["private"] = false,
        ["archived"] = repository.IsArchived,
        ["has_issues"] = repository.HasIssues,
        ["permissions"] = new JsonObject { ["admin"] = false, ["maintain"] = false, ["push"] = repository.MayPush, ["triage"] = repository.MayPush, ["pull"] = true },
    };

    private static JsonObject Reactions(string url)
    {
        var reactions = new JsonObject { ["url"] = $"{url}/reactions", ["total_count"] = 0 };
        foreach (var kind in new[] { "+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes" })
        {
            reactions[kind] = 0;
        }

        return reactions;
    }

    private sealed class Answered(JsonNode body, int status, IReadOnlyList<(string Name, string Value)> headers) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json; charset=utf-8";
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            return context.Response.WriteAsync(body.ToJsonString(), Encoding.UTF8);
        }
    }
}
