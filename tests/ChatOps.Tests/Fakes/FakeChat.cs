using System.Text.Json;
using ChatOps.Core.Chat;
using ChatOps.Core.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fakes;

/// <summary>
/// A chat server on loopback, as strict as a real one: what it was sent stands there for all to read, a post is a new message every time (whatever its token),
/// and only a message that is there can be changed. It can be told to misbehave.
/// </summary>
internal sealed class FakeChat : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<FakeMessage> _messages = [];
    private readonly Queue<Fault> _faults = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly WebApplication _app;

    private FakeChat()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(100));
        _app = builder.Build();
        _app.Use(Misbehave);
        _app.MapPost("/messages", Post);
        _app.MapPut("/messages/{reference}", Update);
        _app.MapGet("/history/{channel}", Recent);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>All messages, in the order in which they were posted.</summary>
    public IReadOnlyList<FakeMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    public static async Task<FakeChat> Open()
    {
        var chat = new FakeChat();
        await chat._app.StartAsync();
        return chat;
    }

    /// <summary>The next request meets this fault; called again, the one after it does.</summary>
    public void NextTime(Fault fault)
    {
        lock (_lock)
        {
            _faults.Enqueue(fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }

    private async Task Misbehave(HttpContext context, RequestDelegate next)
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

    private FakeMessage Post(FakePost post)
    {
        lock (_lock)
        {
            var message = new FakeMessage($"f{_messages.Count + 1}", post.Channel, post.Thread, post.Subject, post.Token, TextOf(post), 0);
            _messages.Add(message);
            return message;
        }
    }

    private IResult Update(string reference, FakePost post)
    {
        lock (_lock)
        {
            var place = _messages.FindIndex(message => message.Reference == reference);
            if (place < 0)
            {
                return Results.NotFound();
            }

            _messages[place] = _messages[place] with { Text = TextOf(post), Edits = _messages[place].Edits + 1 };
            return Results.Json(_messages[place]);
        }
    }

    private FakeMessage[] Recent(string channel) => [.. Messages.Where(message => message.Channel == channel).TakeLast(200)];

    private static string TextOf(FakePost post) => PlainText.Of(post.Card.Deserialize<Card>(StoredJson.Options)!);
}

internal sealed record FakePost(string Channel, string? Thread, string Subject, string Token, JsonElement Card);

internal sealed record FakeMessage(string Reference, string Channel, string? Thread, string Subject, string Token, string Text, int Edits);

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
