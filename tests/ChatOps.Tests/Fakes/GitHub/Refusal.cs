using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Tests.Fakes.GitHub;

/// <summary>GitHub's no: a status, a message, and which fields are at fault.</summary>
internal sealed record Refusal(int Status, string Message)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public JsonArray? Errors { get; init; }

    public static Refusal Invalid(string field, string code, string? message = null) => new(422, "Validation Failed")
    {
        Errors = [new JsonObject { ["resource"] = "Issue", ["field"] = field, ["code"] = code, ["message"] = message }],
    };

    public IResult Answer()
    {
        var body = new JsonObject { ["message"] = Message, ["documentation_url"] = "https://docs.github.com/rest", ["status"] = $"{Status}" };
        if (Errors is { } errors)
        {
            body["errors"] = errors.DeepClone();
        }

        return GitHubJson.Result(body, Status, Headers);
    }
}
