using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fakes;

/// <summary>
/// PagerDuty's Events API v2 on loopback: takes what the real one takes and refuses the rest with 400, folds events of one key into one incident, drops an
/// acknowledgement or the end of one that it does not know. It can be told to misbehave.
/// </summary>
internal sealed class FakePagerDuty : IAsyncDisposable
{
    public const string RoutingKey = "0123456789abcdef0123456789abcdef";

    private readonly Lock _lock = new();
    private readonly List<FakePage> _pages = [];
    private readonly Faults _faults = new();
    private readonly WebApplication _app;

    private FakePagerDuty()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(100));
        _app = builder.Build();
        _app.Use(_faults.Meet);
        _app.MapPost("/v2/enqueue", Enqueue);
    }

    /// <summary>The settings that make a bot use it.</summary>
    public string[] Settings => [$"--PagerDuty:EventsUrl={_app.Urls.Single()}/v2/enqueue", $"--PagerDuty:RoutingKey={RoutingKey}"];

    /// <summary>Its incidents, in the order in which they began.</summary>
    public IReadOnlyList<FakePage> Pages
    {
        get
        {
            lock (_lock)
            {
                return [.. _pages];
            }
        }
    }

    public static async Task<FakePagerDuty> Open()
    {
        var pager = new FakePagerDuty();
        await pager._app.StartAsync();
        return pager;
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

    private IResult Enqueue(JsonElement body)
    {
        if (WhatIsWrong(body) is { } wrong)
        {
            return Results.Json(new { status = "invalid event", message = "Event object is invalid", errors = new[] { wrong } }, statusCode: StatusCodes.Status400BadRequest);
        }

        var key = Text(body, "dedup_key")!;
        lock (_lock)
        {
            var place = _pages.FindLastIndex(page => page.Key == key && page.State != "resolved");
            switch (Text(body, "event_action"))
            {
                case "trigger" when place < 0:
                    _pages.Add(new FakePage(key, "triggered", Text(body.GetProperty("payload"), "summary")!, Text(body.GetProperty("payload"), "severity")!));
                    break;
                case "acknowledge" when place >= 0:
                    _pages[place] = _pages[place] with { State = "acknowledged" };
                    break;
                case "resolve" when place >= 0:
                    _pages[place] = _pages[place] with { State = "resolved" };
                    break;
            }
        }

        return Results.Json(new { status = "success", message = "Event processed", dedup_key = key }, statusCode: StatusCodes.Status202Accepted);
    }

    private static string? WhatIsWrong(JsonElement body)
    {
        string[] known = ["routing_key", "dedup_key", "event_action", "payload", "images", "links", "client", "client_url"];
        var action = Text(body, "event_action");
        return body.EnumerateObject().FirstOrDefault(part => !known.Contains(part.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } odd ? $"'{odd.Name}' is not known"
            : Text(body, "routing_key") is not { Length: 32 } ? "'routing_key' is missing or has not 32 characters"
            : action is not ("trigger" or "acknowledge" or "resolve") ? "'event_action' is missing or invalid"
            : Text(body, "dedup_key") is not { Length: > 0 and <= 255 } ? "'dedup_key' is missing or too long"
            : action != "trigger" ? null
            : !body.TryGetProperty("payload", out var payload) ? "'payload' is missing or blank"
            : Text(payload, "summary") is not { Length: > 0 and <= 1024 } ? "'payload.summary' is missing or blank, or too long"
            : Text(payload, "source") is not { Length: > 0 } ? "'payload.source' is missing or blank"
            : Text(payload, "severity") is not ("critical" or "error" or "warning" or "info") ? "'payload.severity' is invalid"
            : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <param name="Key">The deduplication key.</param>
/// <param name="State">triggered, acknowledged or resolved.</param>
/// <param name="Summary">What it rang with.</param>
/// <param name="Severity">How bad.</param>
internal sealed record FakePage(string Key, string State, string Summary, string Severity);
