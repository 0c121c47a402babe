using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Calls the fake's API as plainly as can be.</summary>
internal sealed class FakeSlackCaller : IDisposable
{
    private readonly HttpClient _http;

    public FakeSlackCaller(FakeSlack slack, string token = FakeSlack.BotToken)
    {
        _http = new HttpClient { BaseAddress = slack.ApiUrl };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<(HttpStatusCode Status, JsonNode Body, string? RetryAfter)> Ask(string method, JsonObject arguments)
    {
        using var response = await _http.PostAsJsonAsync(method, arguments);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!, response.Headers.RetryAfter?.ToString());
    }

    public async Task<JsonNode> Good(string method, JsonObject arguments)
    {
        var (_, body, _) = await Ask(method, arguments);
        Assert.True((bool)body["ok"]!, body.ToJsonString());
        return body;
    }

    public async Task<JsonNode> Form(string method, Dictionary<string, string> arguments)
    {
        using var form = new FormUrlEncodedContent(arguments);
        using var response = await _http.PostAsync(method, form);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    public async Task<HttpStatusCode> Respond(string url, JsonObject body)
    {
        using var response = await _http.PostAsJsonAsync(url, body);
        return response.StatusCode;
    }

    public void Dispose() => _http.Dispose();
}
