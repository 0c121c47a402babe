using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>
/// Slack on loopback: one workspace, its Web API, and the people in it who type commands and press buttons.
/// <para>
/// Modelled: the methods of <see cref="ApiMethod.All"/> with their tokens, scopes, arguments, errors and rates; Block Kit's limits; messages, threads, what one
/// person alone sees, views, home tabs, user groups and files; triggers and response URLs with their lives; deliveries over HTTP (signed, with Slack's retries) and
/// over Socket Mode, and what goes wrong with both. What the real Slack would refuse, or silently spoil, is listed in <see cref="Invalid"/>.
/// </para>
/// <para>
/// Not modelled: several workspaces, guests, channels shared with other companies, attachments, streams, search, the content of rich text, the limit on
/// scheduled messages, Slack's switching subscriptions off after many failures, and the order of deliveries, which here is the order of the calls.
/// </para>
/// <para>
/// Time is the given clock's: timestamps, rates, triggers, response URLs, retries. Only the three seconds within which a bot must answer are real, because they are measured.
/// </para>
/// </summary>
internal sealed partial class FakeSlack : IAsyncDisposable
{
    public const string BotToken = "xoxb-10000000-fake";
    public const string AppToken = "xapp-1-A00000001-fake";
    public const string SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5";

    private readonly Workspace _workspace;
    private readonly ApiFaults _faults;
    private readonly WebApi _api;
    private readonly HttpDelivery _http = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly WebApplication _app;

    private FakeSlack(TimeProvider clock)
    {
        _workspace = new Workspace(clock);
        _faults = new ApiFaults(_workspace);
        Limits = new RateLimits(_workspace);
        _api = new WebApi(_workspace, Limits, _faults);
        Sockets = new SocketMode(_workspace);
        _http.Clock = clock;
        Raw = new RawDeliveries(_http, clock);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(100));
        _app = builder.Build();
        _app.Use(FreezableLine.Put);
        _app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(10), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        _app.MapMethods("/api/{method}", ["GET", "POST"], _api.Serve);
        _app.MapPost("/upload/v1/{id}", (string id, HttpRequest request) => FileMethods.Upload(_workspace, id, request));
        _app.MapPost("/actions/{id}", (string id, HttpRequest request) => _workspace.ResponseUrls.Serve(id, request));
        _app.Map("/link", Sockets.Serve);
    }

    /// <summary>What a bot is told as Slack:ApiBaseUrl.</summary>
    public Uri ApiUrl => new($"{_workspace.Address}/api/");

    public FakeUsers Users => _workspace.Users;

    public FakeChannels Channels => _workspace.Channels;

    public FakeGroups Groups => _workspace.Groups;

    public FakeSlackMessages Messages => _workspace.Messages;

    public FakeViews Views => _workspace.Views;

    public FakeFiles Files => _workspace.Files;

    /// <summary>The rest of the workspace: what the token may do, the plan, the size of pages.</summary>
    public Workspace Workspace => _workspace;

    public RateLimits Limits { get; }

    public SocketMode Sockets { get; }

    /// <summary>Requests to the bot that the real Slack would not send, or not so.</summary>
    public RawDeliveries Raw { get; }

    /// <inheritdoc cref="WebApi.Calls"/>
    public IReadOnlyList<ApiCallRecord> Calls => _api.Calls;

    /// <inheritdoc cref="WebApi.Asked"/>
    public int Asked(string method) => _api.Asked(method);

    /// <inheritdoc cref="Workspace.Invalid"/>
    public IReadOnlyList<InvalidCall> Invalid => _workspace.Invalid;

    public static async Task<FakeSlack> Open(TimeProvider? clock = null)
    {
        var slack = new FakeSlack(clock ?? TimeProvider.System);
        await slack._app.StartAsync();
        slack._workspace.Address = slack._app.Urls.Single();
        return slack;
    }

    /// <summary>The settings that make a bot use it; without an app token it is reached over HTTP.</summary>
    public string[] Settings(Transport transport) =>
    [
        $"--Slack:ApiBaseUrl={ApiUrl}", $"--Slack:BotToken={BotToken}", $"--Slack:SigningSecret={SigningSecret}",
        .. transport == Transport.Socket ? new[] { $"--Slack:AppToken={AppToken}" } : [],
    ];

    /// <inheritdoc cref="Faults.NextTime"/>
    public void NextTime(Fault fault) => _faults.NextTime(fault);

    /// <summary>The next call of that method meets this fault; called again, the one after it does.</summary>
    public void FailNext(string method, Fault fault) => _faults.NextTime(method, fault);

    /// <summary>The next call of that method is refused with Slack's word, such as internal_error.</summary>
    public void FailNext(string method, string error) => _faults.NextAnswer(method, StatusCodes.Status200OK, error);

    /// <summary>The next call of that method gets that status, such as 503.</summary>
    public void FailNext(string method, int status) => _faults.NextAnswer(method, status, "service_unavailable");

    /// <summary>The API closes every connection until so much time has passed.</summary>
    public void IsDownFor(TimeSpan span) => _faults.DownFor(span);

    /// <summary>A message that a person wrote, without an event about it.</summary>
    public FakeSlackMessage Writes(string user, string channel, string text, string? thread = null, JsonArray? blocks = null) =>
        Messages.Add(new FakeSlackMessage(_workspace, Channels[channel].Id, Users[user].Id, text) { Thread = thread, Blocks = blocks });

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _faults.Close();
        Sockets.Reset();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _faults.Dispose();
        _http.Dispose();
        _closing.Dispose();
    }
}

/// <summary>How Slack reaches the bot.</summary>
internal enum Transport
{
    /// <summary>Requests to the bot's URLs.</summary>
    Http,

    /// <summary>Socket Mode: the bot calls Slack.</summary>
    Socket,
}
