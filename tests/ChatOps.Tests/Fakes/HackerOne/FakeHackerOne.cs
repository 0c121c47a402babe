using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Core.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Tests.Fakes.HackerOne;

/// <summary>HackerOne's customer API on loopback, for one programme: reports in pages, activities since a time, comments, states and references; and the webhooks that it would send. It can be told to misbehave.</summary>
internal sealed class FakeHackerOne : IAsyncDisposable
{
    public const string Program = "status-im";
    public const string Secret = "h1-webhook-secret";
    private const int MostOnPage = 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, FakeReport> _reports = [];
    private readonly List<(Instant At, JsonNode Activity)> _activities = [];
    private readonly Faults _faults = new();
    private readonly WebApplication _app;
    private readonly TimeProvider _clock;
    private readonly string _token = Convert.ToBase64String(Encoding.UTF8.GetBytes("id:token"));
    private int _rounds;

    private FakeHackerOne(TimeProvider clock)
    {
        _clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(100));
        _app = builder.Build();
        _app.Use(_faults.Meet);
        _app.Use(Enter);
        _app.MapGet("/v1/reports", List);
        _app.MapGet("/v1/reports/{id}", (string id) => With(id, report => Answer(200, new JsonObject { ["data"] = report.Json() })));
        _app.MapGet("/v1/incremental/activities", Since);
        _app.MapPost("/v1/reports/{id}/activities", (string id, JsonNode body) => Write(id, body, "activity-comment", (report, said) =>
            Answer(201, new JsonObject { ["data"] = Keep(report.Comment("api-token", (string)said["message"]!, (bool?)said["internal"] ?? true, Now)) })));
        _app.MapPost("/v1/reports/{id}/state_changes", (string id, JsonNode body) => Write(id, body, "state-change", (report, said) =>
        {
            Keep(report.Change((string)said["state"]!, "api-token", (string?)said["message"] ?? "", Now));
            return Answer(201, new JsonObject { ["data"] = report.Json() });
        }));
        _app.MapPost("/v1/reports/{id}/issue_tracker_reference_id", (string id, JsonNode body) => Write(id, body, "issue-tracker-reference-id", (report, said) =>
        {
            Keep(report.Refer((string)said["reference"]!, Now));
            return Answer(200, new JsonObject { ["relationships"] = new JsonObject { ["report"] = new JsonObject { ["data"] = report.Json() } } });
        }));
    }

    public Uri ApiUrl => new($"{_app.Urls.Single()}/v1/");

    /// <summary>The settings that make a bot ask it and write to it.</summary>
    public string[] Api => [$"--HackerOne:ApiBaseUrl={ApiUrl}", "--HackerOne:ApiIdentifier=id", "--HackerOne:ApiToken=token", $"--HackerOne:Program={Program}"];

    /// <summary>The settings that make a bot take its webhooks.</summary>
    public static string[] Webhooks => [$"--Sources:HackerOne:Secret={Secret}"];

    /// <summary>How often somebody who asks what happened has heard all of it.</summary>
    public int Rounds => Volatile.Read(ref _rounds);

    public TimeProvider Clock => _clock;

    /// <summary>Whether it answers everything with 500.</summary>
    public bool IsDown { get; set; }

    /// <summary>Whether each page of its reports names itself as the next.</summary>
    public bool GoesRound { get; set; }

    /// <summary>How far its clock is behind everybody's.</summary>
    public Duration Behind { get; set; }

    private Instant Now => _clock.Now() - Behind;

    public static async Task<FakeHackerOne> Open(TimeProvider clock)
    {
        var hackerOne = new FakeHackerOne(clock);
        await hackerOne._app.StartAsync();
        return hackerOne;
    }

    /// <inheritdoc cref="Faults.NextTime"/>
    public void NextTime(Fault fault) => _faults.NextTime(fault);

    /// <summary>As it stands there now.</summary>
    public FakeReport this[string id]
    {
        get
        {
            lock (_lock)
            {
                return _reports[id];
            }
        }
    }

    public FakeDelivery Submit(string id, string title = "Private key leak through debug log", string severity = "high", string asset = "im.status.ethereum")
    {
        lock (_lock)
        {
            _reports[id] = new FakeReport(id, title, severity, asset, Now);
            return Deliver(id, "report_created", Keep(_reports[id].Activities[0].DeepClone()));
        }
    }

    public FakeDelivery Change(string id, string state, string by = "status-triage", string message = "")
    {
        lock (_lock)
        {
            return Deliver(id, $"report_{state}", Keep(_reports[id].Change(state, by, message, Now)));
        }
    }

    /// <summary>It was closed, and stands where it stood before: what it says of its validation is old.</summary>
    public FakeDelivery Reopen(string id)
    {
        lock (_lock)
        {
            return Deliver(id, "report_reopened", Keep(_reports[id].Reopen(Now)));
        }
    }

    public FakeDelivery Comment(string id, string by, string message, bool isInternal = false)
    {
        lock (_lock)
        {
            return Deliver(id, "report_comment_created", Keep(_reports[id].Comment(by, message, isInternal, Now)));
        }
    }

    public FakeDelivery Reward(string id, string amount)
    {
        lock (_lock)
        {
            return Deliver(id, "report_bounty_awarded", Keep(_reports[id].Reward(amount, Now)));
        }
    }

    public FakeDelivery Refer(string id, string reference)
    {
        lock (_lock)
        {
            return Deliver(id, "report_reference_added", Keep(_reports[id].Refer(reference, Now)));
        }
    }

    public void Rate(string id, string severity, bool score = true)
    {
        lock (_lock)
        {
            _reports[id].Rate(severity, score, Now);
        }
    }

    /// <summary>The webhook that tells of the last thing that happened to a report.</summary>
    public FakeDelivery Last(string id)
    {
        lock (_lock)
        {
            return Deliver(id, "report_changed", _reports[id].Activities[^1].DeepClone());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _faults.Close();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _faults.Dispose();
    }

    private static IResult Answer(int status, JsonNode body) => Results.Json(body, statusCode: status);

    private static IResult Wrong(string parameter) => Answer(400, new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject
        {
            ["status"] = 400,
            ["title"] = "Invalid Parameter",
            ["detail"] = $"The parameter '{parameter}' is invalid.",
            ["source"] = new JsonObject { ["parameter"] = parameter },
        }),
    });

    private async Task Enter(HttpContext context, RequestDelegate next)
    {
        if (IsDown)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsync(JsonNode.Parse(Samples.HackerOne("server_error"))!["interactions"]![0]!["response_body"]!.ToJsonString());
            return;
        }

        if (context.Request.Headers.Authorization != $"Basic {_token}")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await next(context);
    }

    /// <summary>Unknown and foreign reports are forbidden, not missing; what is too long to be an id is wrong.</summary>
    private IResult With(string id, Func<FakeReport, IResult> act)
    {
        if (!int.TryParse(id, out _))
        {
            return Wrong("report_id");
        }

        lock (_lock)
        {
            return _reports.TryGetValue(id, out var report) ? act(report) : Answer(403, new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["status"] = 403 }) });
        }
    }

    private IResult Write(string id, JsonNode body, string type, Func<FakeReport, JsonNode, IResult> act) =>
        (string?)body["data"]?["type"] != type || body["data"]?["attributes"] is not { } said ? Wrong("data") : With(id, report => act(report, said));

    private IResult List(HttpRequest request)
    {
        if (request.Query["filter[program][]"] != Program)
        {
            return Answer(403, new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["status"] = 403 }) });
        }

        var states = request.Query["filter[state][]"];
        var since = request.Query["filter[last_activity_at__gt]"].ToString() is { Length: > 0 } text ? InstantPattern.ExtendedIso.Parse(text).Value : Instant.MinValue;
        var page = int.TryParse(request.Query["page[number]"], out var number) ? number : 1;
        lock (_lock)
        {
            var fitting = _reports.Values.Where(report => (states.Count == 0 || states.Contains(report.State)) && report.LastActivityAt > since).OrderBy(report => report.LastActivityAt).ToList();
            var links = new JsonObject();
            if (fitting.Count > page * MostOnPage)
            {
                var query = string.Join('&', request.Query.Where(each => each.Key != "page[number]").SelectMany(each => each.Value.Select(value => $"{Uri.EscapeDataString(each.Key)}={Uri.EscapeDataString(value!)}")));
                links["next"] = $"{_app.Urls.Single()}/v1/reports?{query}&page%5Bnumber%5D={page + 1}";
            }

            if (GoesRound)
            {
                links["next"] = $"{_app.Urls.Single()}/v1/reports{request.QueryString}";
            }

            return Answer(200, new JsonObject { ["data"] = new JsonArray([.. fitting.Skip((page - 1) * MostOnPage).Take(MostOnPage).Select(report => report.Json())]), ["links"] = links });
        }
    }

    private IResult Since(HttpRequest request)
    {
        if (request.Query["handle"] != Program || !InstantPattern.ExtendedIso.Parse(request.Query["updated_at_after"]!).TryGetValue(default, out var after))
        {
            return Wrong("updated_at_after");
        }

        lock (_lock)
        {
            var page = _activities.Where(each => each.At > after).OrderBy(each => each.At).Take(MostOnPage).ToList();
            _rounds += page.Count == 0 ? 1 : 0;
            var meta = new JsonObject { ["max_updated_at"] = page.Count == 0 ? null : InstantPattern.ExtendedIso.Format(page[^1].At) };
            return Answer(200, new JsonObject { ["data"] = new JsonArray([.. page.Select(each => each.Activity.DeepClone())]), ["meta"] = meta });
        }
    }

    // Times of two activities are never the same, as a cursor needs it.
    private JsonNode Keep(JsonNode activity)
    {
        lock (_lock)
        {
            var at = _activities.Count > 0 && _activities[^1].At >= Now ? _activities[^1].At + Duration.FromMilliseconds(1) : Now;
            _activities.Add((at, activity.DeepClone()));
            return activity;
        }
    }

    private FakeDelivery Deliver(string id, string what, JsonNode activity)
    {
        var body = new JsonObject { ["data"] = new JsonObject { ["activity"] = activity, ["report"] = _reports[id].JsonOfWebhook() } }.ToJsonString();
        return FakeDelivery.Of(what, body);
    }
}

/// <summary>A webhook on its way.</summary>
internal sealed record FakeDelivery(string Event, string Body, string Id, string Signature)
{
    public static FakeDelivery Of(string what, string body, string secret = FakeHackerOne.Secret) =>
        new(what, body, Guid.NewGuid().ToString(), "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body))));
}
