using System.Text.Json;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using ChatOps.Ethereum;
using ChatOps.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatOps.Demo;

/// <summary>
/// <c>chatops demo</c>: plays the story through the program's real doors on a fast clock, in a data file of its own (<c>Demo:File</c>), and then goes on as a bot like any other.
/// </summary>
internal static class DemoRun
{
    private const string DataFile = "data/demo.db";

    // Nothing is asked there: the demo's own chain stands in its place.
    private static readonly string[] Chain = [$"--Chains:0:Name={DemoChain.Name}", "--Chains:0:ChainId=1", "--Chains:0:RpcUrls:0=http://127.0.0.1:1"];

    public static async Task Run(string[] args, string contentRoot)
    {
        var file = Path.GetFullPath(SettingsSources.Read(contentRoot, args).GetValueOrDefault("Demo:File") ?? DataFile, contentRoot);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        foreach (var old in new[] { file, Path.ChangeExtension(file, null) + "-log.db" })
        {
            File.Delete(old);
        }

        var now = TimeProvider.System.GetUtcNow();
        var monday = new DateTimeOffset(now.AddDays(-14).Date, TimeSpan.Zero);
        monday = monday.AddDays(-(((int)monday.DayOfWeek + 6) % 7));
        var clock = new DemoClock(now - monday.AddHours(9).AddMinutes(10));
        await using var app = Program.Build(
            ["--Logging:LogLevel:Default=Warning", "--Storage:Backup:Enabled=false", .. Chain, .. args, $"--Storage:ConnectionString=Filename={file}"],
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)).PutDemoChain());
        await app.StartAsync();
        var address = app.Urls.First();
        Console.WriteLine($"This is a demo: made-up people and alerts, in {file}. Watch it at {address}");
        using (var player = new Player(app.Services, clock, new Uri(address)))
        {
            await player.Play(monday, app.Lifetime.ApplicationStopping);
            Console.WriteLine($"The fortnight is over; from here on the clock is real. {address} (Ctrl+C ends it)");
            await player.GoOn(app.Lifetime.ApplicationStopping);
        }

        await app.WaitForShutdownAsync();
    }

    private static void PutDemoChain(this IServiceCollection services)
    {
        services.RemoveAll<IChainClient>();
        foreach (var follower in services.Where(service => service.ImplementationType == typeof(ChainFollower)).ToList())
        {
            services.Remove(follower);
        }

        services.RemoveAll<EthereumChain>();
        services.AddSingleton<DemoChain>().AddSingleton<IChainClient>(provider => provider.GetRequiredService<DemoChain>());
    }

    private sealed class Player(IServiceProvider services, DemoClock clock, Uri address) : IDisposable
    {
        private readonly IStore _store = services.GetRequiredService<IStore>();
        private readonly DueRunner _due = services.GetRequiredService<DueRunner>();
        private readonly DemoChain _chain = services.GetRequiredService<DemoChain>();
        private readonly HttpClient _http = new() { BaseAddress = address };

        public void Dispose() => _http.Dispose();

        public async Task Play(DateTimeOffset monday, CancellationToken cancel)
        {
            await Announce("demo/begin", "This is a demo. The people and everything that happens to them in the next fortnight are made up; the bot is real.", cancel);
            await services.GetRequiredService<ITransactionIntake>().Passed(_chain, _chain.Now(), cancel);
            var end = TimeProvider.System.GetUtcNow();
            var day = -1;
            foreach (var story in DemoStory.Events())
            {
                var at = story.BeforeEnd ? end - story.After : monday + story.After;
                if (!story.BeforeEnd && story.After.Days > day)
                {
                    day = story.After.Days;
                    Console.WriteLine($"  day {day + 1} of 14");
                }

                await Pass(at, cancel);
                await Do(story.Act, cancel);
                await Shown(cancel);
            }

            await Pass(TimeProvider.System.GetUtcNow(), cancel);
            await Announce("demo/end", "Here the demo's story ends and the clock is real. Try it: acknowledge what fires, or type /oncall who.", cancel);
        }

        /// <summary>The chain makes its blocks until the demo is stopped: what is added to the watch list is read with the next.</summary>
        public async Task GoOn(CancellationToken stop)
        {
            using var blocks = new PeriodicTimer(DemoChain.BlockTime, TimeProvider.System);
            try
            {
                while (await blocks.WaitForNextTickAsync(stop))
                {
                    await services.GetRequiredService<ITransactionIntake>().Passed(_chain, _chain.Now(), stop);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Somebody ends the demo.
            }
        }

        /// <summary>Lets time pass, stopping wherever something falls due.</summary>
        private async Task Pass(DateTimeOffset until, CancellationToken cancel)
        {
            while (await _due.Run(cancel) is { } due && due.ToDateTimeOffset() < until && due.ToDateTimeOffset() > clock.GetUtcNow())
            {
                clock.JumpTo(due.ToDateTimeOffset());
                await _due.Run(cancel);
                await Shown(cancel);
            }

            clock.JumpTo(until);
            await _due.Run(cancel);
        }

        /// <summary>Waits until the chat shows all that is stored.</summary>
        private async Task Shown(CancellationToken cancel)
        {
            while (await _store.Count(Mark.ByPlatform, Keys.All, cancel) > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancel);
            }
        }

        private Task Do(DemoAct act, CancellationToken cancel) => act switch
        {
            Says say => Post("/local/command", new { user = say.User, channel = "on-call", text = say.Text }, cancel),
            Presses press => Press(press.User, press.Action, press.Title, cancel),
            Declares declare => Declare(declare, cancel),
            WritesUp write => WriteUp(write, cancel),
            Reported told => Post("/hooks/hackerone", DemoReport.Of(told, clock.GetUtcNow()), cancel),
            Mines told => services.GetRequiredService<ITransactionIntake>().Receive([_chain.Mine(told)], cancel),
            Monitoring told => Post("/hooks/alertmanager", DemoWebhook.Of(told, clock.GetUtcNow()), cancel),
            _ => throw new InvalidOperationException($"{act} is not something that can happen."),
        };

        private async Task<JsonElement> Press(string user, string action, string title, CancellationToken cancel)
        {
            var messages = await _http.GetFromJsonAsync<JsonElement>("/local/messages", cancel);
            var card = messages.EnumerateArray().Last(message => message.GetProperty("title").GetString() == title && message.GetProperty("threadId").ValueKind == JsonValueKind.Null);
            return await Post("/local/action", new { user, messageId = card.GetProperty("id").GetString(), actionId = action, value = card.GetProperty("subject").GetString() }, cancel);
        }

        private async Task Declare(Declares declare, CancellationToken cancel)
        {
            var opened = await Press(declare.User, "declare", declare.Title, cancel);
            var formId = opened.GetProperty("form").GetProperty("formId").GetString();
            await Post("/local/form", new { user = declare.User, formId, values = new { title = declare.Incident, severity = declare.Severity, known = declare.Known } }, cancel);
        }

        private async Task WriteUp(WritesUp write, CancellationToken cancel)
        {
            var opened = await Post("/local/command", new { user = write.User, channel = "on-call", text = $"/postmortem edit {write.Postmortem}" }, cancel);
            var form = opened.GetProperty("form");
            var text = write.Written.Aggregate(form.GetProperty("fields")[0].GetProperty("value").GetString()!, (text, each) => text.Replace(each.Asked, each.Answer, StringComparison.Ordinal));
            await Post("/local/form", new { user = write.User, formId = form.GetProperty("formId").GetString(), values = new { text } }, cancel);
        }

        private async Task Announce(string id, string text, CancellationToken cancel)
        {
            var said = new Announcement(id, "demo", "on-call", new Card("Demo", CardState.Info) { Text = Markup.Plain(text) }, clock.Now());
            await services.GetRequiredService<Decider>().Store([said], cancel);
            await Shown(cancel);
        }

        private async Task<JsonElement> Post(string path, object body, CancellationToken cancel)
        {
            using var response = await _http.PostAsJsonAsync(path, body, cancel);
            var text = await response.Content.ReadAsStringAsync(cancel);
            return response.IsSuccessStatusCode
                ? JsonDocument.Parse(text).RootElement
                : throw new InvalidOperationException($"The demo stumbled at {path}: {(int)response.StatusCode} {text}");
        }
    }
}
