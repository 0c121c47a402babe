using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fakes.GitHub;

/// <summary>
/// GitHub's REST API on loopback, as far as issues go: repositories with their rights, creating, reading and listing issues page by page, labels, the token, the limit
/// of requests. It drops labels and assignees without a word where GitHub does, and can be told to misbehave.
/// <para>Not modelled: search, comments, changing an issue through the API, conditional requests, who may see what.</para>
/// </summary>
internal sealed class FakeGitHub : IAsyncDisposable
{
    public const string Token = "ghp_fake0000000000000000000000000000000";

    /// <summary>The login of whose the token is.</summary>
    public const string Owner = "chatops";

    private readonly Faults _faults = new();
    private readonly ConcurrentQueue<Refusal> _refusals = new();
    private readonly WebApplication _app;
    private readonly IssueMethods _issues;
    private readonly string _base;

    private FakeGitHub(TimeProvider clock, string under)
    {
        Clock = clock;
        _base = under;
        _issues = new IssueMethods(this);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(100));
        _app = builder.Build();
        _app.Use(Count);
        _app.Use(_faults.Meet);
        _app.Use(Admit);
        var api = _app.MapGroup(under);
        api.MapGet("/user", User);
        api.MapGet("/repos/{owner}/{name}", _issues.Repository);
        api.MapGet("/repos/{owner}/{name}/labels", _issues.Labels);
        api.MapGet("/repos/{owner}/{name}/issues", _issues.List);
        api.MapPost("/repos/{owner}/{name}/issues", _issues.Create);
        api.MapGet("/repos/{owner}/{name}/issues/{number:int}", _issues.Read);
        _app.MapFallback(() => new Refusal(404, "Not Found").Answer());
    }

    public TimeProvider Clock { get; }

    /// <summary>What a bot is told as GitHub:ApiBaseUrl.</summary>
    public Uri ApiUrl => new($"{Address}{_base}/");

    public string Address => _app.Urls.Single();

    public ConcurrentDictionary<string, FakeRepository> Repositories { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a classic token may do; null for tokens of the newer kinds, which do not say.</summary>
    public string? Scopes { get; set; } = "repo";

    /// <summary>It is an app's token, which is nobody's; what it writes a bot wrote.</summary>
    public bool IsApp { get; set; }

    /// <summary>A server that only speaks like GitHub and does not know whose a token is.</summary>
    public bool KnowsNobody { get; set; }

    public string Author => IsApp ? $"{Owner}[bot]" : Owner;

    /// <summary>How many requests are left until <see cref="Reset"/>.</summary>
    public int Remaining { get; set; } = 5000;

    public DateTimeOffset Reset { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>No page of a list is longer.</summary>
    public int LargestPage { get; set; } = 100;

    /// <summary>Every request that came, as <c>GET /repos/…</c>, its query included.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<FakeGitHub> Open(TimeProvider? clock = null, string under = "")
    {
        var github = new FakeGitHub(clock ?? TimeProvider.System, under);
        await github._app.StartAsync();
        return github;
    }

    /// <summary>The settings that make a bot use it.</summary>
    public string[] Settings => [$"--GitHub:ApiBaseUrl={ApiUrl}", $"--GitHub:Token={Token}"];

    public FakeRepository Add(string repository) => Repositories[repository] = new FakeRepository(repository);

    /// <inheritdoc cref="Faults.NextTime"/>
    public void NextTime(Fault fault) => _faults.NextTime(fault);

    /// <summary>The next request is refused so, before it is looked at.</summary>
    public void RefuseNext(int status, string message, params (string Name, string Value)[] headers) => _refusals.Enqueue(new Refusal(status, message) { Headers = headers });

    public async ValueTask DisposeAsync()
    {
        await _faults.Close();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _faults.Dispose();
    }

    private Task Count(HttpContext context, RequestDelegate next)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        return next(context);
    }

    /// <summary>Token, then limit.</summary>
    private async Task Admit(HttpContext context, RequestDelegate next)
    {
        if (Scopes is { } scopes)
        {
            context.Response.Headers["X-OAuth-Scopes"] = scopes;
        }

        var refusal = _refusals.TryDequeue(out var told) ? told
            : context.Request.Headers.UserAgent.Count == 0 ? new Refusal(403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.")
            : context.Request.Headers.Authorization.ToString().Split(' ') is not [_, Token] ? new Refusal(401, "Bad credentials")
            : Remaining <= 0 ? new Refusal(403, "API rate limit exceeded for user ID 1000.")
            : null;
        Remaining -= Remaining > 0 ? 1 : 0;
        context.Response.Headers["X-RateLimit-Limit"] = "5000";
        context.Response.Headers["X-RateLimit-Remaining"] = $"{Remaining}";
        context.Response.Headers["X-RateLimit-Reset"] = $"{Reset.ToUnixTimeSeconds()}";
        if (refusal is not null)
        {
            await refusal.Answer().ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private IResult User() => KnowsNobody ? new Refusal(404, "Not Found").Answer() : IsApp ? new Refusal(403, "Resource not accessible by integration").Answer() : GitHubJson.Result(GitHubJson.Person(this, Owner));
}
