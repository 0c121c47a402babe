using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Tests.Fakes.GitHub;

/// <summary>GitHub's methods on repositories and their issues.</summary>
internal sealed class IssueMethods(FakeGitHub github)
{
    private const int LongestTitle = 256;
    private const int LongestBody = 65536;

    private readonly Lock _lock = new();

    public IResult Repository(string owner, string name) =>
        In(owner, name, "", repository => GitHubJson.Result(GitHubJson.Repository(github, repository)));

    public IResult Labels(HttpRequest request, string owner, string name) =>
        In(owner, name, "/labels", repository => Page(request, repository.Labels, label => GitHubJson.Label($"{github.ApiUrl}repos/{repository.Name}", label)));

    public IResult List(HttpRequest request, string owner, string name) => In(owner, name, $"/issues{request.QueryString}", repository =>
    {
        var state = (string?)request.Query["state"] ?? "open";
        var there = repository.Issues.Where(issue => !issue.IsDeleted && issue.MovedTo is null && (state == "all" || issue.IsClosed == (state == "closed")));
        var sorted = request.Query["direction"] == "asc" ? there : there.Reverse();
        return Page(request, [.. sorted], issue => GitHubJson.Issue(github, repository, issue));
    });

    public IResult Read(string owner, string name, int number) => In(owner, name, $"/issues/{number}", repository => repository.Issues.Find(issue => issue.Number == number) switch
    {
        null => new Refusal(404, "Not Found").Answer(),
        { IsDeleted: true } => new Refusal(410, "This issue was deleted").Answer(),
        { MovedTo: { } place } => Moved($"{place.Repository}/issues/{place.Number}", StatusCodes.Status301MovedPermanently),
        var issue => GitHubJson.Result(GitHubJson.Issue(github, repository, issue)),
    });

    public async Task<IResult> Create(HttpRequest request, string owner, string name)
    {
        JsonNode? body;
        try
        {
            body = await JsonNode.ParseAsync(request.Body);
        }
        catch (JsonException)
        {
            return new Refusal(400, "Problems parsing JSON").Answer();
        }

        return In(owner, name, "/issues", repository => Create(repository, body as JsonObject ?? []), isPost: true);
    }

    private IResult Create(FakeRepository repository, JsonObject wanted)
    {
        var (title, body) = ((string?)wanted["title"], (string?)wanted["body"]);
        List<string> labels = [.. (wanted["labels"] as JsonArray ?? []).Select(label => (string)label!)];
        List<string> assignees = [.. (wanted["assignees"] as JsonArray ?? []).Select(login => (string)login!)];
        var refusal = !repository.HasIssues ? new Refusal(410, "Issues has been disabled in this repository.")
            : string.IsNullOrWhiteSpace(title) ? Refusal.Invalid("title", "missing_field")
            : title.Length > LongestTitle ? Refusal.Invalid("title", "custom", $"title is too long (maximum is {LongestTitle} characters)")
            : body?.Length > LongestBody ? Refusal.Invalid("body", "custom", $"body is too long (maximum is {LongestBody} characters)")
            : repository.MayPush && assignees.Exists(login => !repository.Members.Contains(login)) ? Refusal.Invalid("assignees", "invalid")
            : null;
        if (refusal is not null)
        {
            return refusal.Answer();
        }

        var issue = new FakeIssue(repository.Issues.Count + 1, title!, body, github.Clock.GetUtcNow()) { Author = github.Author };
        if (repository.MayPush)
        {
            repository.Labels.AddRange(labels.Except(repository.Labels, StringComparer.OrdinalIgnoreCase));
            issue.Labels.AddRange(repository.Labels.Intersect(labels, StringComparer.OrdinalIgnoreCase));
            issue.Assignees.AddRange(assignees);
        }

        repository.Issues.Add(issue);
        return GitHubJson.Result(GitHubJson.Issue(github, repository, issue), StatusCodes.Status201Created, [("Location", $"{github.ApiUrl}repos/{repository.Name}/issues/{issue.Number}")]);
    }

    /// <summary>Does it in the repository, or says that there is none, or where it went.</summary>
    private IResult In(string owner, string name, string rest, Func<FakeRepository, IResult> work, bool isPost = false)
    {
        lock (_lock)
        {
            return github.Repositories.GetValueOrDefault($"{owner}/{name}") switch
            {
                null or { IsVisible: false } => new Refusal(404, "Not Found").Answer(),
                { RenamedTo: { } now } => Moved(now + rest, isPost ? StatusCodes.Status307TemporaryRedirect : StatusCodes.Status301MovedPermanently),
                var repository => work(repository),
            };
        }
    }

    private IResult Moved(string place, int status) =>
        GitHubJson.Result(new JsonObject { ["message"] = "Moved Permanently", ["url"] = $"{github.ApiUrl}repos/{place}" }, status, [("Location", $"{github.ApiUrl}repos/{place}")]);

    private IResult Page<T>(HttpRequest request, List<T> all, Func<T, JsonObject> show)
    {
        var size = Math.Min(int.TryParse(request.Query["per_page"], out var asked) ? Math.Min(asked, 100) : 30, github.LargestPage);
        var page = int.TryParse(request.Query["page"], out var number) ? number : 1;
        var last = Math.Max(1, (all.Count + size - 1) / size);
        var shown = new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(show)]);
        var others = request.Query.Where(part => part.Key != "page").Select(part => $"{part.Key}={part.Value}");
        string Link(int there, string relation) => $"<{github.ApiUrl.GetLeftPart(UriPartial.Authority)}{request.Path}?{string.Join('&', others.Append($"page={there}"))}>; rel=\"{relation}\"";
        return GitHubJson.Result(shown, headers: page < last ? [("Link", $"{Link(page + 1, "next")}, {Link(last, "last")}")] : []);
    }
}
