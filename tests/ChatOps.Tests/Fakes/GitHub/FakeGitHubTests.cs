using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.GitHub;

/// <summary>The fake is held to what GitHub answered.</summary>
public sealed class FakeGitHubTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new();
    private FakeGitHub _github = null!;

    public async Task InitializeAsync()
    {
        _github = await FakeGitHub.Open();
        _http.DefaultRequestHeaders.Add("User-Agent", "test");
        _http.DefaultRequestHeaders.Add("Authorization", $"token {FakeGitHub.Token}");
        _http.BaseAddress = _github.ApiUrl;
    }

    public async Task DisposeAsync() => await _github.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_created_issue_has_the_parts_that_GitHub_gave_it()
    {
        _github.Add("octokit-fixture-org/add-labels-to-issue");
        var exchange = JsonNode.Parse(Samples.GitHub("create_issue_and_add_labels"))!["fixture"]![0]!;
        var answer = await Post((string)exchange["path"]!, exchange["body"]!);
        Assert.Equal((int)exchange["status"]!, (int)answer.StatusCode);
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.NotNull(answer.Headers.Location);
        Assert.Equal(Shape(exchange["response"]!), Shape(await Body(answer)));
    }

    [Fact]
    public async Task Labels_and_assignees_look_as_they_do_on_GitHub()
    {
        var repository = _github.Add("admin/incidents");
        repository.Members.Add("admin");
        var sample = JsonNode.Parse(Samples.GitHub("create_issue_201_emulated"))!["body"]!;
        var answer = await Body(await Post("/repos/admin/incidents/issues", JsonNode.Parse("""{"title":"[INC-42] Mailserver down","body":"## Incident","labels":["post-mortem"],"assignees":["admin"]}""")!));
        // The emulator says this of a person, and the recordings do not.
        Assert.Equal(Shape(sample).Where(part => !part.Contains("user_view_type", StringComparison.Ordinal)), Shape(answer));
        Assert.Equal((string)sample["title"]!, (string)answer["title"]!);
        Assert.Equal("post-mortem", (string)answer["labels"]![0]!["name"]!);
    }

    [Fact]
    public async Task An_unknown_token_and_an_unknown_repository_are_refused_as_GitHub_does_it()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync("repos/a/b/issues")).StatusCode);
        _http.DefaultRequestHeaders.Remove("Authorization");
        var answer = await _http.GetAsync("repos/a/b/issues");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bad credentials", (string)(await Body(answer))["message"]!);
    }

    private async Task<HttpResponseMessage> Post(string path, JsonNode body) =>
        await _http.PostAsync(path.TrimStart('/'), new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));

    private static async Task<JsonNode> Body(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>())!;

    /// <summary>Every part's path with its kind; what may be null has none.</summary>
    private static List<string> Shape(JsonNode node, string path = "")
    {
        IEnumerable<string> parts = node switch
        {
            JsonObject fields => fields.SelectMany(field => field.Value is null ? [$"{path}/{field.Key}"] : Shape(field.Value, $"{path}/{field.Key}")),
            JsonArray { Count: 0 } => [$"{path}[]"],
            JsonArray entries => Shape(entries[0]!, $"{path}[]"),
            _ when path is "/body" => [path],
            _ => [$"{path} {(node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? "yes or no" : node.GetValueKind())}"],
        };
        return [.. parts.Order(StringComparer.Ordinal)];
    }
}
