using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fakes;

/// <summary>
/// The real bot in this process: all of Program.Build, on a free loopback port, with a data file in a folder of its own. A bot that logged an error fails its
/// test when it is disposed of.
/// </summary>
internal sealed class RunningBot : IAsyncDisposable
{
    public const string Channel = "on-call";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-bot-");
    private readonly KeptLogs _logs = new();
    private readonly string[] _settings;
    private readonly Action<IServiceCollection>? _adjust;
    private WebApplication? _app;

    private RunningBot(string[] settings, Action<IServiceCollection>? adjust) => (_settings, _adjust) = (settings, adjust);

    /// <summary>Where it listens; the same after a restart.</summary>
    public Uri BaseUri { get; private set; } = new("http://127.0.0.1:0");

    public HttpClient Http { get; } = new() { Timeout = Patience };

    public IReadOnlyList<KeptLog> Logs => _logs.All;

    public IServiceProvider Services => _app!.Services;

    /// <param name="settings">As on the command line: <c>--Roles:Admins=igor</c>.</param>
    /// <param name="clock">Its time; the real one when left out.</param>
    /// <param name="adjust">Puts fakes in.</param>
    public static async Task<RunningBot> StartAsync(string[]? settings = null, TimeProvider? clock = null, Action<IServiceCollection>? adjust = null)
    {
        var bot = new RunningBot(settings ?? [], services =>
        {
            if (clock is not null)
            {
                services.AddSingleton(clock);
            }

            adjust?.Invoke(services);
        });
        await bot.Start();
        bot.Http.BaseAddress = bot.BaseUri;
        return bot;
    }

    public async Task Start()
    {
        _app = global::Program.Build(
            [$"--Urls={BaseUri.GetLeftPart(UriPartial.Authority)}", $"--Storage:ConnectionString=Filename={Path.Combine(_folder.FullName, "chatops.db")}", .. _settings],
            services =>
            {
                services.AddLogging(logging => logging.ClearProviders().AddProvider(_logs));
                _adjust?.Invoke(services);
            });
        await _app.StartAsync();
        BaseUri = new(_app.Urls.Single());
    }

    /// <summary>As on SIGTERM. <see cref="Start"/> starts it again: same port, same data.</summary>
    public async Task Stop()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    /// <summary>Posts to <c>/hooks/{source}</c>; anything but 200 fails the test. See <see cref="Http"/> for the others.</summary>
    public async Task PostHook(string json, string source = "alertmanager")
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        await Answered<object>(await Http.PostAsync($"/hooks/{source}", body));
    }

    public async Task<ChatAnswer> Command(string user, string text, string channel = Channel) =>
        await Answered<ChatAnswer>(await Http.PostAsJsonAsync("/local/command", new { user, channel, text }));

    public async Task<ChatAnswer> Click(string user, ChatMessage message, string actionId) =>
        await Answered<ChatAnswer>(await Http.PostAsJsonAsync("/local/action", new { user, messageId = message.Id, actionId, value = message.Subject }));

    public async Task<ChatAnswer> Submit(string user, ChatForm form, Dictionary<string, string> values) =>
        await Answered<ChatAnswer>(await Http.PostAsJsonAsync("/local/form", new { user, formId = form.FormId, values }));

    public async Task<IReadOnlyList<ChatMessage>> Messages(string channel = Channel) =>
        await Answered<List<ChatMessage>>(await Http.GetAsync($"/local/messages?channel={Uri.EscapeDataString(channel)}"));

    /// <summary>The newest message of the channel that is wanted, as soon as there is one.</summary>
    public async Task<ChatMessage> Message(Func<ChatMessage, bool> wanted, string channel = Channel)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var stream = new StreamReader(await Http.GetStreamAsync("/local/stream", deadline.Token));
        while (true)
        {
            var messages = await Messages(channel);
            if (messages.LastOrDefault(wanted) is { } found)
            {
                return found;
            }

            try
            {
                // Whatever the news is: it is worth another look.
                while (await stream.ReadLineAsync(deadline.Token) is { } line && !line.StartsWith("data:", StringComparison.Ordinal))
                {
                }
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"No such message within {Patience}, but these:\n{string.Join('\n', messages.Select(message => message.Text))}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Http.Dispose();
        _folder.Delete(recursive: true);
        var errors = Logs.Where(log => log.Level >= LogLevel.Error).ToList();
        Assert.True(errors.Count == 0, $"The bot logged errors:\n{string.Join('\n', errors)}");
    }

    private static async Task<T> Answered<T>(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            return (await response.Content.ReadFromJsonAsync<T>())!;
        }
    }
}
