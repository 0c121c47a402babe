using System.Net.Http.Headers;
using System.Text;
using ChatOps.Chat.Slack.Socket;
using ChatOps.Core.Storage;
using ChatOps.Tests.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>The real bot on the real clock, with <see cref="FakeSlack"/> as its only chat. An error in its log, a call that Slack would refuse or a 429 fails the test at the end.</summary>
internal sealed class BotOnSlack : IAsyncDisposable
{
    private const string HookSecret = "hook-secret-of-some-length";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-slack-");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly Transport _transport;
    private readonly SocketTimes _times;
    private readonly string[] _settings;
    private WebApplication? _app;

    private BotOnSlack(FakeSlack slack, Transport transport, SocketTimes times, string[] settings) => (Slack, _transport, _times, _settings) = (slack, transport, times, settings);

    public FakeSlack Slack { get; }

    /// <summary>Where Slack reaches this one.</summary>
    public Uri Url => new($"{_app!.Urls.Single()}/slack/");

    private bool IsSecond { get; init; }

    public LogBook Log { get; } = new();

    public AwayStore Store { get; private set; } = null!;

    /// <summary>A workspace with igor and ana in #on-call, and a bot that hears it.</summary>
    public static Task<BotOnSlack> Start(Transport transport, params string[] settings) =>
        Start(transport, new SocketTimes { Ping = TimeSpan.FromSeconds(1) }, settings); // On one machine a second of silence is enough to believe it.

    public static async Task<BotOnSlack> Start(Transport transport, SocketTimes times, params string[] settings)
    {
        var slack = await FakeSlack.Open();
        slack.Transport = transport;
        slack.Users.Add("igor", "Igor");
        slack.Users.Add("ana", "Ana");
        slack.Channels.Add("on-call", false, true, "igor", "ana");
        var bot = new BotOnSlack(slack, transport, times, settings);
        await bot.Start();
        if (transport == Transport.Socket)
        {
            await bot.Listens();
        }

        return bot;
    }

    /// <summary>One more bot in the same workspace.</summary>
    public async Task<BotOnSlack> Another(params string[] settings)
    {
        var bot = new BotOnSlack(Slack, _transport, _times, settings) { IsSecond = true };
        await bot.Start();
        return bot;
    }

    public async Task Start()
    {
        _app = global::Program.Build(
            [
                "--Urls=http://127.0.0.1:0", "--Storage:Backup:Enabled=false", $"--Storage:ConnectionString=Filename={Path.Combine(_folder.FullName, "chatops.db")}",
                "--Chat:Platforms=Slack", $"--Sources:Alertmanager:Secret={HookSecret}", .. Slack.Settings(_transport), .. _settings,
            ],
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton(_times));
                var store = services.Last(service => service.ServiceType == typeof(IStore));
                services.Replace(ServiceDescriptor.Singleton<IStore>(provider => Store = new AwayStore((IStore)store.ImplementationFactory!(provider))));
                services.AddLogging(logging => logging.ClearProviders().AddProvider(Log));
            });
        await _app.StartAsync();
        Slack.Bot = Url;
    }

    public async Task Stop()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    /// <summary>Waits until so many sockets are open.</summary>
    public Task Listens(int sockets = 2) => World.Until(() => Task.FromResult(Slack.Sockets.Live.Count == sockets), $"there are no {sockets} sockets");

    public async Task Hook(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_app!.Urls.Single()}/hooks/alertmanager") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", HookSecret);
        using var response = await _http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task<string> Get(string path) => _http.GetStringAsync(new Uri($"{_app!.Urls.Single()}{path}"));

    /// <summary>What was written into a channel; Slack's own lines about its topic are not among it.</summary>
    public IReadOnlyList<FakeSlackMessage> Posts(string channel = "on-call") => [.. Slack.Messages.In(channel).Where(message => message.Subtype is null)];

    /// <summary>What was written into a channel as soon as it is as wanted.</summary>
    public async Task<IReadOnlyList<FakeSlackMessage>> Shows(Func<IReadOnlyList<FakeSlackMessage>, bool> wanted, string channel = "on-call")
    {
        IReadOnlyList<FakeSlackMessage> messages = [];
        await World.Until(() => Task.FromResult(wanted(messages = Posts(channel))), $"not in #{channel}");
        return messages;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _http.Dispose();
        await (IsSecond ? ValueTask.CompletedTask : Slack.DisposeAsync());
        _folder.Delete(recursive: true);
        Assert.True(!Log.Errors.Any(), string.Join('\n', Log.Errors));
        Assert.Empty(Slack.Invalid);
        Assert.Equal(0, Slack.Limits.Refused);
    }
}
