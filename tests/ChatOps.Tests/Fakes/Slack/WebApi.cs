using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Slack's Web API: token, rate, scope, arguments, method, in that order.</summary>
internal sealed class WebApi(Workspace workspace, RateLimits limits, ApiFaults faults)
{
    private readonly List<ApiCallRecord> _calls = [];
    private readonly ConcurrentDictionary<string, int> _asked = [];

    /// <summary>All calls that were answered, refused ones included, in their order.</summary>
    public IReadOnlyList<ApiCallRecord> Calls
    {
        get
        {
            lock (workspace.Gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>How often a method was asked, also where a fault kept it from being answered.</summary>
    public int Asked(string method) => _asked.GetValueOrDefault(method);

    public Task Serve(HttpContext context)
    {
        var method = (string)context.Request.RouteValues["method"]!;
        _asked.AddOrUpdate(method, 1, (_, before) => before + 1);
        return faults.Meet(context, method, _ => Answer(context, method));
    }

    private async Task Answer(HttpContext context, string name)
    {
        var answer = new JsonObject();
        IReadOnlyDictionary<string, JsonNode?> arguments = new Dictionary<string, JsonNode?>();
        try
        {
            var (token, given, isJson) = await ApiArguments.Read(context.Request);
            arguments = given;
            lock (workspace.Gate)
            {
                var method = Admitted(name, token);
                if (limits.WaitFor(method, arguments) is { } wait)
                {
                    context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                    context.Response.Headers.RetryAfter = $"{wait}";
                    throw new Refusal("ratelimited");
                }

                answer = Do(method, arguments, isJson);
            }

            answer["ok"] = true;
        }
        catch (Refusal refusal)
        {
            answer = Refused(name, refusal);
        }

        lock (workspace.Gate)
        {
            _calls.Add(new ApiCallRecord(name, arguments, (string?)answer["error"], workspace.Clock.GetUtcNow()));
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers["X-OAuth-Scopes"] = string.Join(',', workspace.Scopes);
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private static ApiMethod Admitted(string name, string? token)
    {
        if (!ApiMethod.All.TryGetValue(name, out var method))
        {
            throw new Refusal("unknown_method", $"[ERROR] {name}");
        }

        return token switch
        {
            null or "" => throw new Refusal("not_authed"),
            FakeSlack.BotToken when method.ByApp => throw new Refusal("not_allowed_token_type"),
            FakeSlack.AppToken when !method.ByApp => throw new Refusal("not_allowed_token_type"),
            FakeSlack.BotToken or FakeSlack.AppToken => method,
            _ => throw new Refusal("invalid_auth"),
        };
    }

    private JsonObject Do(ApiMethod method, IReadOnlyDictionary<string, JsonNode?> arguments, bool isJson)
    {
        if (isJson && !method.TakesJson && arguments.Count > 0)
        {
            throw new Refusal("invalid_arguments", "[ERROR] this method takes forms only; the JSON was not read");
        }

        var known = method.Arguments.Split(' ');
        if (arguments.Keys.Where(argument => !known.Contains(argument)).ToList() is { Count: > 0 } odd)
        {
            throw new Refusal("invalid_arguments", [.. odd.Select(argument => $"[ERROR] unknown argument: {argument}")]);
        }

        var call = new ApiCall(workspace, method.Name, arguments);
        if (method.Scope is { } scope)
        {
            call.Needs(scope);
        }

        return method.Answer(call);
    }

    private JsonObject Refused(string method, Refusal refusal)
    {
        foreach (var message in refusal.Messages)
        {
            workspace.IsInvalid(method, $"{refusal.Error}: {message}");
        }

        var answer = new JsonObject { ["ok"] = false, ["error"] = refusal.Error };
        if (refusal.Needed is { } needed)
        {
            answer["needed"] = needed;
            answer["provided"] = string.Join(',', workspace.Scopes);
        }

        if (refusal.Messages.Count > 0)
        {
            answer["errors"] = JsonSerializer.SerializeToNode(refusal.Messages.Select(message => message.Replace("[ERROR] ", "", StringComparison.Ordinal)));
            answer["response_metadata"] = new JsonObject { ["messages"] = JsonSerializer.SerializeToNode(refusal.Messages) };
        }

        return answer;
    }
}

/// <param name="Method">The method.</param>
/// <param name="Arguments">As they were sent, without the token.</param>
/// <param name="Error">Slack's word where it was refused.</param>
/// <param name="At">On the fake's clock.</param>
internal sealed record ApiCallRecord(string Method, IReadOnlyDictionary<string, JsonNode?> Arguments, string? Error, DateTimeOffset At);
