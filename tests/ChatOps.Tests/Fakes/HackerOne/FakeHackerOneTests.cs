using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.HackerOne;

/// <summary>The fake is held to what HackerOne answered.</summary>
public sealed class FakeHackerOneTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new();
    private FakeHackerOne _hackerOne = null!;

    public async Task InitializeAsync()
    {
        _hackerOne = await FakeHackerOne.Open(TimeProvider.System);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("id:token")));
    }

    public async Task DisposeAsync() => await _hackerOne.DisposeAsync();

    public void Dispose() => _http.Dispose();

    /// <summary>What was sent when it was recorded is sent to the fake, and the answer has the recorded parts.</summary>
    [Theory]
    [InlineData("add_comment")]
    [InlineData("stage_change")]
    [InlineData("add_report_reference")]
    [InlineData("report")]
    [InlineData("server_error")]
    [InlineData("missing_report")]
    [InlineData("report_list")]
    [InlineData("report_list_triaged")]
    [InlineData("empty_report_list")]
    public async Task It_answers_as_it_was_recorded(string recording)
    {
        foreach (var exchange in JsonNode.Parse(Samples.HackerOne(recording))!["interactions"]!.AsArray().Select(each => each!))
        {
            var (recorded, status) = (exchange["response_body"]!, (int)exchange["status"]!);
            _hackerOne.IsDown = status >= 500;
            foreach (var report in Reports(recorded).Where(_ => status < 400))
            {
                _hackerOne.Submit((string)report["id"]!);
                _hackerOne.Change((string)report["id"]!, (string)report["attributes"]!["state"]!);
                _hackerOne.Rate((string)report["id"]!, "high");
                if ((string?)report["attributes"]!["issue_tracker_reference_id"] is { } reference)
                {
                    _hackerOne.Refer((string)report["id"]!, reference);
                }

                if (report["relationships"]!["bounties"]?["data"] is JsonArray { Count: > 0 })
                {
                    _hackerOne.Reward((string)report["id"]!, "10");
                }
            }

            if (recording == "add_comment")
            {
                _hackerOne.Submit("200");
            }

            using var request = new HttpRequestMessage(new HttpMethod((string)exchange["method"]!), Here((string)exchange["uri"]!));
            request.Content = exchange["request_body"] is { } sent ? new StringContent(sent.ToJsonString(), Encoding.UTF8, "application/json") : null;
            using var answer = await _http.SendAsync(request);
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.Equal(status, (int)answer.StatusCode);
            if (status >= 400)
            {
                Assert.Equal(recorded.ToJsonString(), body.ToJsonString());
                continue;
            }

            Assert.Equal(recorded.AsObject().Select(part => part.Key).Order(), body.AsObject().Select(part => part.Key).Order());
            Holds(recorded, body);
        }
    }

    [Fact]
    public async Task Activities_have_the_parts_of_those_that_were_recorded()
    {
        _hackerOne.Submit("7");
        _hackerOne.Comment("7", "made-up-user", "Hello");
        _hackerOne.Change("7", "triaged");
        var recorded = JsonNode.Parse(Samples.HackerOne("activities_by_type_recorded"))!;
        using var answer = await _http.GetAsync(new Uri(_hackerOne.ApiUrl, $"incremental/activities?handle={FakeHackerOne.Program}&updated_at_after=2020-01-01T00:00:00Z"));
        var activities = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["data"]!.AsArray();
        Assert.NotEmpty(activities);
        Assert.All(activities, activity => Holds(recorded[(string)activity!["type"]!]!, activity));
    }

    /// <summary>A report's attributes and an activity's: each that was recorded is there, and of the same kind where both have a value.</summary>
    private static void Holds(JsonNode recorded, JsonNode here, string path = "")
    {
        if (recorded is JsonArray { Count: > 0 } list)
        {
            Assert.True(here is JsonArray { Count: > 0 }, $"{path} is no list with something in it.");
            Holds(list[0]!, here[0]!, $"{path}[]");
            return;
        }

        if (recorded is not JsonObject fields)
        {
            Assert.True(KindOf(recorded) == KindOf(here) || path.EndsWith("/id", StringComparison.Ordinal), $"{path} is {here.GetValueKind()} and was {recorded.GetValueKind()}.");
            return;
        }

        foreach (var (name, value) in fields.Where(field => !IsDetail($"{path}/{field.Key}")))
        {
            Assert.True(here is JsonObject, $"{path} is no object.");
            Assert.True(here.AsObject().ContainsKey(name), $"{path} has no {name}.");
            if (value is not null && here[name] is { } there)
            {
                Holds(value, there, $"{path}/{name}");
            }
        }
    }

    private static JsonValueKind KindOf(JsonNode value) => value.GetValueKind() is JsonValueKind.False ? JsonValueKind.True : value.GetValueKind();

    /// <summary>What the bot never reads: pictures, links to pages of this list, how a severity came about, and kinds of relations that not every report has.</summary>
    private static bool IsDetail(string path) =>
        path.Contains("profile_picture", StringComparison.Ordinal) || path.Contains("/relationships/", StringComparison.Ordinal) || path.Contains("/links", StringComparison.Ordinal) || path.EndsWith("/issue_tracker_reference_url", StringComparison.Ordinal);

    private Uri Here(string recorded)
    {
        var uri = new Uri(recorded);
        var query = uri.Query.Replace("program%5D%5B0%5D=github", $"program%5D%5B%5D={FakeHackerOne.Program}", StringComparison.Ordinal).Replace("state%5D%5B0%5D", "state%5D%5B%5D", StringComparison.Ordinal);
        return new Uri(_hackerOne.ApiUrl, uri.AbsolutePath["/v1/".Length..] + query);
    }

    private static IEnumerable<JsonNode> Reports(JsonNode body) => body["data"] switch
    {
        JsonArray list => list.Select(each => each!),
        JsonObject one when (string?)one["type"] == "report" => [one],
        _ => body["relationships"]?["report"]?["data"] is { } report ? [report] : [],
    };
}
