using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Reads a call's token and arguments: a form, or JSON with the token in the header.</summary>
internal static class ApiArguments
{
    /// <summary>The arguments by name; the token apart, null where there is none.</summary>
    /// <exception cref="Refusal">invalid_post_type, invalid_json, json_not_object.</exception>
    public static async Task<(string? Token, Dictionary<string, JsonNode?> Arguments, bool IsJson)> Read(HttpRequest request)
    {
        var arguments = request.Query.ToDictionary(pair => pair.Key, pair => (JsonNode?)pair.Value.ToString());
        var type = (request.ContentType ?? "").Split(';')[0].Trim();
        var isJson = type == "application/json";
        if (isJson)
        {
            foreach (var (name, value) in await ReadJson(request))
            {
                arguments[name] = value?.DeepClone();
            }
        }
        else if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync())
            {
                arguments[name] = value.ToString();
            }
        }
        else if (request.ContentLength > 0)
        {
            throw new Refusal("invalid_post_type", $"[ERROR] {type}");
        }

        var header = request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : isJson ? null : (string?)arguments.GetValueOrDefault("token");
        arguments.Remove("token");
        return (token, arguments, isJson);
    }

    private static async Task<JsonObject> ReadJson(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body) as JsonObject ?? throw new Refusal("json_not_object", "[ERROR] the body is no object");
        }
        catch (JsonException fault)
        {
            throw new Refusal("invalid_json", $"[ERROR] {fault.Message}");
        }
    }
}
