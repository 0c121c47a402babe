using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using ChatOps.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>
/// The real program on a clock that stands, entered through its real HTTP doors. A message in a channel or a thread that the scenario did not hear, or
/// an error in the log, fails it at the end.
/// </summary>
internal sealed partial class World : IAsyncDisposable
{
    private const int MostRounds = 200;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("chatops-world").FullName;
    private readonly string[] _settings;
    private readonly HashSet<string> _heard = [];
    private string _address = "http://127.0.0.1:0";
    private WebApplication _app;
    private HttpClient _http;

    private World(string[] settings, FakeTimeProvider clock)
    {
        (_settings, Clock) = (settings, clock);
        (_app, _http) = (null!, null!);
    }

    public FakeTimeProvider Clock { get; }

    /// <summary>Where all of it is stored.</summary>
    public string DataFile => Path.Combine(_folder, "chatops.db");

    /// <summary>How many messages were heard.</summary>
    public int Heard => _heard.Count;

    public LogBook Log { get; } = new();

    /// <summary>What a scenario puts into the program, from its next start on.</summary>
    public Action<IServiceCollection>? Adjust { get; set; }

    public IServiceProvider Services => _app.Services;

    public HttpClient Http => _http;

    /// <summary>A fresh bot, by default on Monday 23 November 2026, 10:00 UTC.</summary>
    public static Task<World> Begin(params string[] settings) => BeginAt(Instant.FromUtc(2026, 11, 23, 10, 0), settings);

    public static Task<World> BeginAt(Instant now, params string[] settings) => BeginOn(new FakeTimeProvider(now.ToDateTimeOffset()), settings);

    /// <summary>A fresh bot on a clock that others look at too.</summary>
    public static Task<World> BeginOn(FakeTimeProvider clock, params string[] settings) => BeginOn(clock, null, settings);

    public static async Task<World> BeginOn(FakeTimeProvider clock, Action<IServiceCollection>? adjust, params string[] settings)
    {
        var world = new World(settings, clock) { Adjust = adjust };
        await world.Start();
        return world;
    }

    /// <summary>Stops the program cleanly and starts it again on the same file.</summary>
    public async Task Restart()
    {
        await Stop();
        await Start();
    }

    public async Task Stop()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public Task StartAgain() => Start();

    /// <summary>The text of the next message, when the program comes to say it by itself.</summary>
    public async Task<string> HearsSoon(string channel = "on-call")
    {
        await Until(async () => (await Messages(channel)).Any(message => !_heard.Contains(message.Id)), $"Nothing new comes in #{channel}.");
        return await Hears(channel);
    }

    /// <summary>Waits until a source has said nothing new so often.</summary>
    public Task Repeats(string source, int atLeast) => Until(
        () => Task.FromResult(Log.Lines.Count(line => line.Contains($"{source} said ", StringComparison.Ordinal)) >= atLeast), $"{source} has not repeated itself {atLeast} times");

    /// <summary>Lets time pass: stops at each due time on the way, does what is due there and lets it reach the chat.</summary>
    public async Task Pass(Duration span)
    {
        var until = Clock.Now() + span;
        var standing = 0;
        while (true)
        {
            Assert.True(standing++ < MostRounds, $"Something is due at {Clock.Now()} however often it is done.");
            await Settle();
            var due = await Services.GetRequiredService<DueRunner>().Run(CancellationToken.None);
            await Settle();
            if (Clock.Now() >= until)
            {
                return;
            }

            var next = due is { } at && at <= until ? at : until;
            if (next > Clock.Now())
            {
                standing = 0;
                Clock.SetUtcNow(next.ToDateTimeOffset());
            }
        }
    }

    /// <summary>Lets time pass while the program is not running.</summary>
    public async Task IsDown(Duration span)
    {
        await Stop();
        Clock.Advance(span.ToTimeSpan());
        await Start();
        await Services.GetRequiredService<DueRunner>().Run(CancellationToken.None);
    }

    /// <summary>Waits until everything that is stored is shown.</summary>
    public async Task Settle()
    {
        var store = Services.GetRequiredService<IStore>();
        if (_slack is not null)
        {
            await SettleInSlack(store);
            return;
        }

        await Until(async () => await store.Count(Mark.ByPlatform, Keys.All) == 0, "marks are still waiting");
    }

    /// <summary>What somebody types, and the texts that they get.</summary>
    public async Task<string> Says(string user, string text, string? timeZone = null)
    {
        var answer = await Post("/local/command", new { user, channel = "on-call", text, timeZone });
        return ReplyText(answer);
    }

    /// <summary>Waits for a condition of the real world; the deadline is a failure.</summary>
    public static async Task Until(Func<Task<bool>> condition, string otherwise, TimeSpan? within = null)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < (within ?? Deadline), otherwise);
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }

    /// <summary>A press on a button of the card about a subject.</summary>
    public async Task<string> Presses(string user, string action, string subject)
    {
        await Settle();
        var card = (await Messages()).Last(message => message.Subject == subject && message.ThreadId is null);
        return ReplyText(await Post("/local/action", new { user, messageId = card.Id, actionId = action, value = subject }));
    }

    public async Task<JsonElement> Post(string path, object body)
    {
        using var response = await _http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode || (int)response.StatusCode == 422, $"{path}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>A webhook as Alertmanager sends it.</summary>
    public async Task<HttpResponseMessage> Hook(string body, string source = "alertmanager")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _http.PostAsync($"/hooks/{source}", content);
    }

    /// <summary>A captured webhook, delivered and stored.</summary>
    public async Task Sample(string name)
    {
        using var response = await Hook(Samples.Alertmanager(name));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task Sample(JsonNode body)
    {
        using var response = await Hook(body.ToJsonString());
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<Alert> Stored(string alert) => (await Services.GetRequiredService<IStore>().Find<Alert>(alert))!;

    public async Task<List<Message>> Messages(string channel = "on-call") =>
        (await _http.GetFromJsonAsync<List<Message>>($"/local/messages?channel={channel}"))!;

    /// <summary>The text of the next message that nobody heard yet.</summary>
    public async Task<string> Hears(string channel = "on-call")
    {
        await Settle();
        var next = (await Messages(channel)).FirstOrDefault(message => !_heard.Contains(message.Id));
        Assert.True(next is not null, $"Nothing new is in #{channel}.");
        _heard.Add(next!.Id);
        return next.Text;
    }

    /// <summary>Hears whatever is there: for scenarios that read the channel as a whole.</summary>
    public async Task HearsAll()
    {
        await Settle();
        _heard.UnionWith((await Messages()).Select(message => message.Id));
    }

    /// <summary>How many messages nobody heard yet.</summary>
    public async Task<int> Unheard(string channel = "on-call")
    {
        await Settle();
        return (await Messages(channel)).Count(message => !_heard.Contains(message.Id));
    }

    public async Task HearsNothing()
    {
        await Settle();
        if (_slack is not null)
        {
            HeardAllOfSlack();
            return;
        }

        foreach (var channel in (await _http.GetFromJsonAsync<JsonElement>("/local/channels")).EnumerateArray())
        {
            Assert.Empty((await Messages(channel.GetProperty("name").GetString()!)).Where(message => !_heard.Contains(message.Id)).Select(message => message.Text));
        }
    }

    /// <summary>The card of a subject as it stands now.</summary>
    public async Task<Message> Card(string subject)
    {
        await Settle();
        return (await Messages()).Single(message => message.Subject == subject && message.ThreadId is null);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await HearsNothing();
        }
        finally
        {
            await Stop();
            Directory.Delete(_folder, recursive: true);
            await CloseSlack();
        }

        Assert.Empty(Log.Errors);
    }

    private static string ReplyText(JsonElement answer) =>
        string.Join('\n', answer.GetProperty("replies").EnumerateArray().Select(reply => reply.GetProperty("text").GetString()));

    private async Task Start()
    {
        _app = global::Program.Build(
            [$"--Urls={_address}", "--Logging:LogLevel:ChatOps.Core.Alerts.AlertIntake=Debug", "--Storage:Backup:Enabled=false", $"--Storage:ConnectionString=Filename={DataFile}", .. _settings],
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
                // Where the store may be shared: a clock that leaps by hours would end every lease.
                services.Replace(ServiceDescriptor.Singleton<ILeases, SoleLeases>());
                services.AddLogging(logging => logging.ClearProviders().AddProvider(Log));
                Adjust?.Invoke(services);
            });
        await _app.StartAsync();
        _address = _app.Urls.Single();
        _http = new HttpClient { BaseAddress = new Uri(_address) };
        MeetSlack();
    }

    /// <summary>A message as the API gives it.</summary>
    internal sealed record Message(string Id, string? ThreadId, string Subject, string Text, string State, IReadOnlyList<MessageButton> Buttons)
    {
        public IEnumerable<string> Labels => Buttons.Select(button => button.Label);
    }

    internal sealed record MessageButton(string ActionId, string Value, string Label);
}
