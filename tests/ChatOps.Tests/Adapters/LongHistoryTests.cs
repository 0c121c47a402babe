using ChatOps.Benchmarks.Durability;
using ChatOps.Benchmarks.History;
using ChatOps.Chat.Local;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.Leases;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Sources.Alertmanager;
using ChatOps.Storage.LiteDb;
using ChatOps.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit.Abstractions;

namespace ChatOps.Tests.Adapters;

/// <summary>
/// What people and monitoring do costs the same however much history there is: counted in pages that are read from a cold file, which is the same on any
/// machine. An index grows by a level each time the history doubles, and no more than that may show.
/// </summary>
public sealed class LongHistoryTests(ITestOutputHelper output)
{
    private const int Few = 200;
    private const int Many = 5_000;
    private const int OneInSoMany = 10;

    // The way down each index is longer by five levels or so, whose heights LiteDB throws dice for; a new alert goes into some twenty of them. A scan would read hundreds.
    private const int ForDepth = 100;

    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 10, 0);

    [Fact]
    public async Task What_is_asked_and_done_reads_no_more_pages_with_five_thousand_resolved_alerts_than_with_two_hundred()
    {
        var few = await Pages(Few);
        var many = await Pages(Many);
        foreach (var (what, pages) in many)
        {
            output.WriteLine($"{what}: {few[what]} pages, {pages} with {Many / Few} times the history");
        }

        Assert.All(many, each => Assert.InRange(each.Value, 0, (few[each.Key] * 3 / 2) + ForDepth));
    }

    private static async Task<Dictionary<string, int>> Pages(int alerts)
    {
        var disk = await Filled(alerts);
        await using var app = Bot(disk);
        var (router, intake, due) = (app.Services.GetRequiredService<CommandRouter>(), app.Services.GetRequiredService<AlertIntake>(), app.Services.GetRequiredService<DueRunner>());
        var store = app.Services.GetRequiredService<IStore>();
        var (worker, chat) = (app.Services.GetRequiredService<DeliveryWorker>(), app.Services.GetRequiredService<LocalPlatform>());
        var igor = new Speaker(await app.Services.GetRequiredService<PeopleDirectory>().Meet(LocalPlatform.PlatformName, "igor", "igor", default), LocalPlatform.PlatformName, "on-call");
        var pages = new Dictionary<string, int> { ["opening"] = disk.Reads };
        await Count("/oncall who", () => router.Text(igor, "/oncall who", default));
        await Count("a new alert", () => intake.Receive(new AlertmanagerSource().Read(System.Text.Encoding.UTF8.GetBytes(AlertmanagerHook.Firing("DiskFull"))).Groups, default));
        using var tenure = new Tenure(new Term("chat/local"), 0, Timeout.InfiniteTimeSpan, app.Services.GetRequiredService<TimeProvider>());
        await Count("its messages", () => worker.Drain(chat, tenure));
        await Count("an acknowledgement", () => router.Text(igor, $"/alert ack A-{alerts + 1}", default));
        await Count("the due sweep", () => due.Run(default));
        await Count("the page's channel", () => LocalEndpoints.Newest(store, "on-call", 50, default).AsTask());
        await Count("/alert list --all", () => router.Text(igor, "/alert list --all", default));
        await Count("the open alerts' gauge", () => store.Count(Alert.OpenSince, Keys.All).AsTask());
        return pages;

        async Task Count(string what, Func<Task> act)
        {
            var before = disk.Reads;
            await act();
            pages[what] = disk.Reads - before;
        }
    }

    private static async Task<PowerCutDisk> Filled(int alerts)
    {
        var disk = new PowerCutDisk();
        await using (var store = PastAlerts.Open(disk.Open))
        {
            await new PastAlerts(store).Fill(alerts, OneInSoMany, Now - Duration.FromDays(80), Now - Duration.FromDays(10), _ => { }, default);
        }

        return disk.Cut(disk.Steps, new Random(1)).Disk;
    }

    /// <summary>The real program, which nothing but the test drives: it is not started, so no sweep reads meanwhile.</summary>
    private static WebApplication Bot(PowerCutDisk disk) => global::Program.Build([], services => services
        .Replace(ServiceDescriptor.Singleton<TimeProvider>(new FakeTimeProvider(Now.ToDateTimeOffset())))
        .Replace(ServiceDescriptor.Singleton(provider => LiteDbStore.Open(disk.Open, provider.GetServices<Collection>(), NullLogger<LiteDbStore>.Instance)))
        .AddLogging(logging => logging.ClearProviders()));
}
