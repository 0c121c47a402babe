using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>The smallest bot: keeps what Slack sends and answers what it is told to.</summary>
internal sealed class FakeSlackBot : IAsyncDisposable
{
    private readonly List<BotRequest> _requests = [];
    private readonly WebApplication _app;

    private FakeSlackBot()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(100));
        _app = builder.Build();
        _app.MapPost("/slack/{kind}", Take);
    }

    public Uri Address => new($"{_app.Urls.Single()}/slack/");

    /// <summary>The body and content type of the next answers.</summary>
    public Func<BotRequest, (string Body, string ContentType)> Answers { get; set; } = _ => ("", "text/plain");

    public int Status { get; set; } = StatusCodes.Status200OK;

    public IReadOnlyList<BotRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static async Task<FakeSlackBot> Open()
    {
        var bot = new FakeSlackBot();
        await bot._app.StartAsync();
        return bot;
    }

    public static JsonObject Section(string text) => new() { ["type"] = "section", ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = text } };

    public static JsonObject Actions(params JsonObject[] buttons) => new() { ["type"] = "actions", ["elements"] = new JsonArray([.. buttons]) };

    public static JsonObject Button(string label, string actionId, string value) => new() { ["type"] = "button", ["text"] = Plain(label), ["action_id"] = actionId, ["value"] = value };

    /// <summary>A form that asks for a note.</summary>
    public static JsonObject Modal(string title = "Note") => new()
    {
        ["type"] = "modal",
        ["title"] = Plain(title),
        ["submit"] = Plain("Save"),
        ["callback_id"] = "note",
        ["notify_on_close"] = true,
        ["blocks"] = new JsonArray(new JsonObject { ["type"] = "input", ["block_id"] = "note", ["label"] = Plain("Note"), ["element"] = new JsonObject { ["type"] = "plain_text_input", ["action_id"] = "text" } }),
    };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text };

    private async Task Take(string kind, HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new BotRequest(kind, await reader.ReadToEndAsync(), context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()));
        lock (_requests)
        {
            _requests.Add(request);
        }

        context.Response.StatusCode = Status;
        var (body, type) = Answers(request);
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body);
    }
}

internal sealed record BotRequest(string Kind, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public IReadOnlyDictionary<string, string> Form => QueryHelpers.ParseQuery(Body).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());

    /// <summary>What an interactive request or an event holds.</summary>
    public JsonNode Payload => JsonNode.Parse(Kind == "event" ? Body : Form["payload"])!;
}
