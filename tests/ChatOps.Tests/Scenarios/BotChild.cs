using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Scenarios;

/// <summary>
/// The whole program in a process of its own, with a store and platforms at which it can die. It takes its orders on standard input: a line
/// <c>file, chat's address, minutes that its clock is ahead, deadly point, settings</c> (with tabs between, and spaces between settings) starts the bot, an empty line stops it. It says <c>up address</c>, <c>at point</c> and
/// <c>down</c> on standard output, and the bot's errors on standard error.
/// </summary>
internal static class BotChild
{
    /// <summary>All that is stored.</summary>
    public const string StatePath = "/state";

    /// <summary>How many marks wait, and how many history entries there are.</summary>
    public const string ProgressPath = "/progress";

    /// <summary>Sets the clock ahead of the real one.</summary>
    public const string AheadPath = "/ahead?minutes=";

    // Each step is told five minutes after the one before: with a clock that only the driver sets ahead, when it wants it to be.
    private static readonly string[] Settings =
    [
        "--Urls=http://127.0.0.1:0",
        "--Policies:default:Steps:0:After=0", "--Policies:default:Steps:0:Tell=oncall",
        "--Policies:default:Steps:1:After=00:05:00", "--Policies:default:Steps:1:Tell=everyone",
        // It runs on the real clock, whatever the weekday: no handoff, no digest and no backup may fall into the few minutes.
        $"--Rotations:0:Handoff={TimeProvider.System.GetUtcNow().AddDays(3).DayOfWeek} 09:00", "--Digests:OnCallWeek:Enabled=false", "--Storage:Backup:Enabled=false",
        "--Logging:LogLevel:Default=Error", "--Logging:Console:LogToStandardErrorThreshold=Trace",
    ];

    public static async Task<int> Run()
    {
        var output = TextWriter.Synchronized(Console.Out);
        while (await Console.In.ReadLineAsync() is { } order)
        {
            if (order.Split('\t') is not [var file, var chat, var minutes, var deadly, var settings])
            {
                return 2;
            }

            await using var bot = Build(file, new Uri(chat), new ClockAhead { Minutes = int.Parse(minutes) }, new Points(deadly.Length > 0 ? deadly : null, point => output.WriteLine($"at {point}")), settings.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            await bot.StartAsync();
            output.WriteLine($"up {bot.Urls.Single()}");
            var end = await Console.In.ReadLineAsync();
            await bot.StopAsync();
            output.WriteLine("down");
            if (end is null)
            {
                break;
            }
        }

        // Without a parent there is nobody to end it.
        return 0;
    }

    private static WebApplication Build(string file, Uri chat, ClockAhead clock, Points points, IEnumerable<string> settings)
    {
        var bot = global::Program.Build([.. Settings, $"--Storage:ConnectionString=Filename={file}", .. settings], services => services
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IStore>(provider => new DyingStore(provider.GetRequiredService<LiteDbStore>(), points))
            .AddSingleton(_ => new FakeChatPlatform(chat, TimeSpan.FromSeconds(5)))
            .AddSingleton<IChatPlatform>(provider => new DyingPlatform(provider.GetRequiredService<FakeChatPlatform>(), points)));
        bot.MapPost(AheadPath.Split('?')[0], async (int minutes, DueRunner due, CancellationToken cancel) =>
        {
            clock.Minutes = minutes;
            // What the sweep does every ten seconds.
            await due.Run(cancel);
        });
        bot.MapGet(ProgressPath, (IStore store) => BotProgress.Of(store));
        bot.MapGet(StatePath, (IStore store) => BotState.Of(store));
        return bot;
    }

    private sealed class ClockAhead : TimeProvider
    {
        public int Minutes { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddMinutes(Minutes);
    }
}
