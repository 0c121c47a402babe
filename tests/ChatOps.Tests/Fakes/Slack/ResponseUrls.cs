using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>The URLs at which a command or a click can still be answered: five times, within half an hour.</summary>
internal sealed class ResponseUrls(Workspace workspace)
{
    private const int Uses = 5;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, ResponseUrl> _urls = [];

    /// <summary>How many answers were refused because they came too late or too often.</summary>
    public int Refused { get; private set; }

    public string New(FakeUser user, FakeChannel channel, FakeSlackMessage? original = null)
    {
        lock (workspace.Gate)
        {
            var id = $"r{_urls.Count + 1:D6}";
            _urls[id] = new ResponseUrl(user, channel, original, workspace.Clock.GetUtcNow());
            return $"{workspace.Address}/actions/{id}";
        }
    }

    /// <summary>Every answer gets that status from now on, and nothing is shown; null: no more.</summary>
    public int? Broken { get; set; }

    public async Task<IResult> Serve(string id, HttpRequest request)
    {
        if (Broken is { } status)
        {
            return Results.StatusCode(status);
        }

        JsonObject? body;
        try
        {
            body = await JsonNode.ParseAsync(request.Body) as JsonObject;
        }
        catch (JsonException)
        {
            body = null;
        }

        lock (workspace.Gate)
        {
            return Answer(id, body);
        }
    }

    private IResult Answer(string id, JsonObject? body)
    {
        if (!_urls.TryGetValue(id, out var url))
        {
            return Results.Json(new { ok = false, error = "invalid_url" }, statusCode: StatusCodes.Status404NotFound);
        }

        if (url.Used == Uses || workspace.Clock.GetUtcNow() - url.At > Life)
        {
            Refused++;
            return Results.Json(new { ok = false, error = url.Used == Uses ? "used_url" : "expired_url" }, statusCode: StatusCodes.Status404NotFound);
        }

        url.Used++;
        if (body is null)
        {
            workspace.IsInvalid("response_url", "the body is no JSON object");
            return Results.Text("invalid_payload", statusCode: StatusCodes.Status400BadRequest);
        }

        try
        {
            Apply(url, body);
            return Results.Text("ok");
        }
        catch (Refusal refusal)
        {
            workspace.IsInvalid("response_url", refusal.Message);
            return Results.Text(refusal.Error, statusCode: refusal.Error == "no_text" ? StatusCodes.Status500InternalServerError : StatusCodes.Status400BadRequest);
        }
    }

    private void Apply(ResponseUrl url, JsonObject body)
    {
        var original = url.Original is { } before ? workspace.Messages.Now(before) : null;
        if ((bool?)body["delete_original"] == true)
        {
            if (original is not null)
            {
                workspace.Messages.Change(original, now => now with { Deleted = true });
            }

            if (body["text"] is null && body["blocks"] is null)
            {
                return;
            }
        }

        var message = AnswerMessage.Read(workspace, "response_url", body, url.User, url.Channel);
        if ((bool?)body["replace_original"] == true && original is { Deleted: false })
        {
            workspace.Messages.Change(original, now => now with { Text = message.Text, Blocks = message.Blocks, Edits = now.Edits + 1 });
        }
        else
        {
            workspace.Messages.Add(message);
        }
    }
}

internal sealed class ResponseUrl(FakeUser user, FakeChannel channel, FakeSlackMessage? original, DateTimeOffset at)
{
    public FakeUser User => user;

    public FakeChannel Channel => channel;

    public FakeSlackMessage? Original => original;

    public DateTimeOffset At => at;

    public int Used { get; set; }
}
