using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOps.Benchmarks.Servers;

/// <summary>A Slack that says yes to everything and does nothing: the bot under load has somebody to call. How Slack really behaves is the tests' matter.</summary>
internal sealed class SilentSlack : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _posted;

    private SilentSlack(WebApplication app) => _app = app;

    public Uri Api => new(new Uri(_app.Urls.First()), "/api/");

    public static async Task<SilentSlack> Start(CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var slack = new SilentSlack(builder.Build());
        slack._app.MapPost("/api/{method}", slack.Answer);
        await slack._app.StartAsync(cancel);
        return slack;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> Answer(string method, HttpRequest request) => method switch
    {
        "auth.test" => Results.Json(new { ok = true, url = "https://status.slack.com/", team = "Status", team_id = "T00000001", user = "chatops", user_id = "U99999999", bot_id = "B00000001" }),
        "conversations.list" => Results.Json(new { ok = true, channels = new[] { Channel } }),
        "conversations.info" => Results.Json(new { ok = true, channel = Channel }),
        "conversations.history" or "conversations.replies" => Results.Json(new { ok = true, messages = Array.Empty<object>(), has_more = false }),
        "users.info" => Results.Json(new { ok = true, user = User((await request.ReadFormAsync())["user"].ToString()) }),
        "chat.postMessage" => Results.Json(new { ok = true, channel = "C00000001", ts = $"1700000000.{Interlocked.Increment(ref _posted):D6}" }),
        _ => Results.Json(new { ok = true }),
    };

    private static object Channel => new { id = "C00000001", name = "on-call", is_channel = true, is_member = true, topic = new { value = "" } };

    private static object User(string id) => new { id, name = id.ToLowerInvariant(), tz = "Europe/Berlin", profile = new { real_name = id, display_name = id, email = $"{id}@example.org" } };
}
