using ChatOps.Core.Chat;
using ChatOps.Core.Storage;
using ChatOps.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Tests.Scenarios;

/// <summary>The whole program as one of several replicas, in a process of its own. It stops in order when its standard input ends.</summary>
internal static class ReplicaChild
{
    /// <summary>All that is stored.</summary>
    public const string StatePath = "/state";

    /// <summary>How far it has come: cheap to ask again and again.</summary>
    public const string ProgressPath = "/progress";

    private const string ChatSetting = "--fake-chat=";

    private static readonly string[] Settings =
    [
        // It runs on the real clock, whatever the weekday: no handoff and no digest may fall into the minute.
        $"--Rotations:0:Handoff={TimeProvider.System.GetUtcNow().AddDays(3).DayOfWeek} 09:00", "--Digests:OnCallWeek:Enabled=false",
        "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:ChatOps.Core.Chat.Delivery=Error", "--Logging:LogLevel:ChatOps.Core.Leases=Information", "--Logging:Console:LogToStandardErrorThreshold=Trace",
    ];

    public static string ChatAt(Uri address) => $"{ChatSetting}{address}";

    public static async Task<int> Run(string[] settings)
    {
        var chat = new Uri(settings.Single(setting => setting.StartsWith(ChatSetting, StringComparison.Ordinal))[ChatSetting.Length..]);
        await using var bot = global::Program.Build(
            [.. Settings, .. settings.Where(setting => !setting.StartsWith(ChatSetting, StringComparison.Ordinal))],
            services => services.AddSingleton<IChatPlatform>(_ => new FakeChatPlatform(chat, TimeSpan.FromSeconds(5)) { Concurrency = 8 }));
        bot.MapGet(StatePath, async (IStore store) => Results.Json(await ReplicaState.Of(store), StoredJson.Options));
        bot.MapGet(ProgressPath, async (IStore store) => Results.Json(await ReplicaProgress.Of(store), StoredJson.Options));
        await bot.StartAsync();
        await Console.Out.WriteLineAsync("up");
        // On a thread of its own: the console reads synchronously, whatever it is asked.
        await Task.WhenAny(Task.Run(Console.In.ReadToEnd), bot.WaitForShutdownAsync());
        await bot.StopAsync();
        return 0;
    }
}
