using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fakes;

/// <summary>Answers everything with the same JSON, or begins to and goes no further; or asks everybody to slow down.</summary>
internal sealed class OddServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _closing = new();

    private OddServer(string body, bool stops, string? retryAfter)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(100));
        _app = builder.Build();
        _app.Run(async context =>
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            if (retryAfter is not null)
            {
                (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (StatusCodes.Status429TooManyRequests, retryAfter);
            }

            await context.Response.WriteAsync(body);
            if (stops)
            {
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _closing.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        });
    }

    public Uri Url => new($"{_app.Urls.Single()}/");

    public static async Task<OddServer> Open(string body, bool stops = false, string? retryAfter = null)
    {
        var server = new OddServer(body, stops, retryAfter);
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }
}
