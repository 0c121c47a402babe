using Microsoft.AspNetCore.Http;

namespace ChatOps.Tests.Fakes;

/// <summary>What a remote end does wrong when it is told to.</summary>
internal sealed class Faults : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<Fault> _faults = new();
    private readonly CancellationTokenSource _closing = new();

    /// <summary>The next request meets this fault; called again, the one after it does.</summary>
    public void NextTime(Fault fault)
    {
        lock (_lock)
        {
            _faults.Enqueue(fault);
        }
    }

    /// <summary>Lets go of requests that hang.</summary>
    public Task Close() => _closing.CancelAsync();

    public void Dispose() => _closing.Dispose();

    /// <summary>The middleware.</summary>
    public async Task Meet(HttpContext context, RequestDelegate next)
    {
        Fault fault;
        lock (_lock)
        {
            _faults.TryDequeue(out fault);
        }

        switch (fault)
        {
            case Fault.TooMany:
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                context.Response.Headers.RetryAfter = "7";
                break;
            case Fault.Broken:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                break;
            case Fault.Forbidden:
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                break;
            case Fault.Reset:
                context.Abort();
                break;
            case Fault.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _closing.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case Fault.Gibberish:
                await context.Response.WriteAsync("<html>Proxy error</html>");
                break;
            case Fault.AnswerLost:
                var body = context.Response.Body;
                context.Response.Body = Stream.Null;
                await next(context);
                context.Response.Body = body;
                context.Abort();
                break;
            default:
                await next(context);
                break;
        }
    }
}

internal enum Fault
{
    None,

    /// <summary>429, come again in seven seconds.</summary>
    TooMany,
    Broken,
    Forbidden,

    /// <summary>The connection is closed before the request was looked at.</summary>
    Reset,

    /// <summary>No answer at all.</summary>
    Hang,

    /// <summary>200 with something else than the API's answer.</summary>
    Gibberish,

    /// <summary>The request is done and the connection closed before the answer: whoever tries again does it twice.</summary>
    AnswerLost,
}
