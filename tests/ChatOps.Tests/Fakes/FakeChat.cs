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
    private readonly Faults _faults = new();
    private readonly Dictionary<string, DateTimeOffset> _lastPosts = [];
    private readonly WebApplication _app;

    private FakeChat()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(100));
        _app = builder.Build();
        _app.Use(_faults.Meet);
        _app.MapPost("/messages", Post);
        _app.MapPut("/messages/{reference}", Update);
        _app.MapGet("/history/{channel}", Recent);
    }

    /// <summary>How long a channel takes no other message after one: a second in Slack. What comes sooner is answered 429.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>How often somebody was told to slow down.</summary>
    public int TooSoon { get; private set; }

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

    public static async Task<FakeChat> Open(TimeSpan pace = default)
    {
        var chat = new FakeChat { Pace = pace };
        await chat._app.StartAsync();
        return chat;
    }

    /// <inheritdoc cref="Faults.NextTime"/>
    public void NextTime(Fault fault) => _faults.NextTime(fault);

    public async ValueTask DisposeAsync()
    {
        await _faults.Close();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _faults.Dispose();
    }

    private IResult Post(FakePost post, HttpResponse response)
    {
        var now = TimeProvider.System.GetUtcNow();
        lock (_lock)
        {
            if (_lastPosts.TryGetValue(post.Channel, out var last) && now - last < Pace)
            {
                TooSoon++;
                response.Headers.RetryAfter = "1";
                return Results.StatusCode(StatusCodes.Status429TooManyRequests);
            }

            _lastPosts[post.Channel] = now;
            var message = new FakeMessage($"f{_messages.Count + 1}", post.Channel, post.Thread, post.Subject, post.Token, TextOf(post), 0) { At = now };
            _messages.Add(message);
            return Results.Json(message);
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

internal sealed record FakeMessage(string Reference, string Channel, string? Thread, string Subject, string Token, string Text, int Edits)
{
    /// <summary>When it was posted.</summary>
    public DateTimeOffset At { get; init; }
}
