using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ChatOps.Tests.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fakes;

/// <summary>
/// The real bot in this process, on the real clock: all of Program.Build, on a free loopback port, with a data file in a folder of its own. A bot that logged
/// an error fails its test when it is disposed of. Where time matters, see <see cref="World"/>.
/// </summary>
internal sealed class RunningBot : IAsyncDisposable
{
    public const string Channel = "on-call";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-bot-");
    private readonly string[] _settings;
    private WebApplication? _app;

    private RunningBot(string[] settings) => _settings = settings;

    /// <summary>Where it listens; the same after a restart.</summary>
    public Uri BaseUri { get; private set; } = new("http://127.0.0.1:0");

    public LogBook Log { get; } = new();

    public HttpClient Http { get; } = new() { Timeout = Patience };

    /// <param name="settings">As on the command line: <c>--Roles:Admins=igor</c>.</param>
    public static async Task<RunningBot> StartAsync(params string[] settings)
    {
        var bot = new RunningBot(settings);
        await bot.Start();
        bot.Http.BaseAddress = bot.BaseUri;
        return bot;
    }

    public async Task Start()
    {
        _app = global::Program.Build(
            [$"--Urls={BaseUri.GetLeftPart(UriPartial.Authority)}", $"--Storage:ConnectionString=Filename={Path.Combine(_folder.FullName, "chatops.db")}", .. _settings],
            services => services.AddLogging(logging => logging.ClearProviders().AddProvider(Log)));
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

    /// <summary>Posts to <c>/hooks/{source}</c>; it has to be taken.</summary>
    public async Task PostHook(string json, string source = "alertmanager")
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        await Answered<JsonElement>(await Http.PostAsync($"/hooks/{source}", body));
    }

    /// <summary>What somebody types elsewhere than on the page, and the texts that they get.</summary>
    public async Task<string> Command(string user, string text)
    {
        var answer = await Answered<JsonElement>(await Http.PostAsJsonAsync("/local/command", new { user, channel = Channel, text }));
        return string.Join('\n', answer.GetProperty("replies").EnumerateArray().Select(reply => reply.GetProperty("text").GetString()));
    }

    public async Task<IReadOnlyList<World.Message>> Messages(string channel = Channel) =>
        await Answered<List<World.Message>>(await Http.GetAsync($"/local/messages?channel={Uri.EscapeDataString(channel)}"));

    /// <summary>The newest message of the channel that is wanted, as soon as there is one.</summary>
    public async Task<World.Message> Message(Func<World.Message, bool> wanted, string channel = Channel)
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

            Assert.True(await News(stream, deadline.Token), $"No such message, but these:\n{string.Join('\n', messages.Select(message => message.Text))}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Http.Dispose();
        _folder.Delete(recursive: true);
        Assert.Empty(Log.Errors);
    }

    /// <summary>Waits for the next event, whatever it says; false when none comes any more.</summary>
    private static async Task<bool> News(StreamReader stream, CancellationToken deadline)
    {
        try
        {
            string? line;
            do
            {
                line = await stream.ReadLineAsync(deadline);
            }
            while (line?.StartsWith("data:", StringComparison.Ordinal) == false);
            return line is not null;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
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
