using ChatOps.Benchmarks.Loads;
using ChatOps.Chat.Slack.Incoming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Benchmarks.Servers;

/// <summary>The least that ASP.NET can do with a webhook: it reads the body, checks Slack's signature where there is one, and answers. What the bot costs beyond it is the bot's own.</summary>
internal static class BareServer
{
    private static readonly string[] Secrets = [SlackLoads.SigningSecret];

    public static async Task Run(CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        await using var app = builder.Build();
        app.MapPost("/hooks/alertmanager", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            return Results.Ok(new { bytes = body.Length });
        });
        app.MapPost("/slack/{kind}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            var (signature, _) = SlackSignature.Read(
                request.Headers["X-Slack-Request-Timestamp"].ToString(), request.Headers["X-Slack-Signature"].ToString(), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
            return signature?.Matches(Secrets, body.GetBuffer().AsSpan(0, (int)body.Length)) == true ? Results.Ok() : Results.Unauthorized();
        });
        await app.StartAsync(cancel);
        await app.WaitForShutdownAsync(cancel);
    }
}
