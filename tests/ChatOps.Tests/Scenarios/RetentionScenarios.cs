using ChatOps.Chat.Local;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.History;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using ChatOps.Settings;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>What is long over gets small, and everything that somebody may still need stays.</summary>
public sealed class RetentionScenarios
{
    private static readonly Duration Day = Duration.FromDays(1);

    [Fact]
    public async Task After_ninety_days_what_is_over_is_condensed_and_what_is_open_or_of_an_incident_stays_whole()
    {
        await using var world = await World.Begin("--Policies:default:Repeat=0");
        await world.Says("igor", "/oncall join");
        await world.Says("igor", "/oncall leave");
        foreach (var name in new[] { "DiskFull", "MailDown", "StillBroken" })
        {
            await Fires(world, name);
        }

        await world.Says("igor", "/alert ack A-1");
        await world.Says("igor", "/alert resolve A-1");
        await world.Says("igor", "/incident start Mail is down");
        await world.Says("igor", "/incident link I-1 A-2");
        await world.Says("igor", "/alert resolve A-2");
        var timeline = await world.Says("ana", "/incident show I-1");
        await world.Pass(90 * Day - Duration.FromMinutes(1));
        Assert.Null((await world.Stored("A-1")).Condensed);
        Assert.Contains(await world.Messages(), message => message.Subject == "A-1");

        await world.Pass(Day);
        await world.HearsAll();

        Assert.Equal(
            """
            DiskFull
            DiskFull for 5 minutes
            It was condensed, Sun 21 Feb 2027 10:00 UTC, because it was long over: what came, when, and who had it is left. Its labels, links, description and history (3 entries) are gone.
            Severity: warning
            Status: resolved by @igor, Mon 23 Nov 10:00 UTC, after 0 s
            Since: Mon 23 Nov 10:00 UTC
            A-1 · Alertmanager, receiver hook
            """,
            await world.Says("ana", "/alert show A-1"));
        Assert.Contains("history (3 entries) are gone", await world.Says("ana", "/alert history A-1"));
        Assert.Contains("resolved by @igor, Mon 23 Nov 10:00 UTC · condensed\n", await world.Says("ana", "/alert list --all") + "\n");
        Assert.StartsWith("A-1 takes no more notes. It was condensed", await world.Says("ana", "/alert note A-1 too late"));
        Assert.StartsWith("A-1 can belong to no incident any more.", await world.Says("ana", "/incident link I-1 A-1"));
        Assert.StartsWith("A-1 can belong to no incident any more.", await world.Says("ana", "/incident declare A-1"));
        Assert.Equal(["A-2", "A-3"], (await All<Episode>(world)).Select(episode => episode.Alert).Order());
        Assert.Empty(await Left(world, "A-1"));
        Assert.Equal(timeline, await world.Says("ana", "/incident show I-1"));
        Assert.Null((await world.Stored("A-2")).Condensed);
        Assert.Null((await world.Stored("A-3")).Condensed);
        Assert.DoesNotContain(await All<Announcement>(world), said => said.Id.StartsWith("rotation/", StringComparison.Ordinal));
        Assert.Equal(
            (await All<Shown>(world)).Select(shown => shown.Reference).Order(),
            (await All<LocalMessage>(world)).Select(message => message.Id).Order());
    }

    [Fact]
    public async Task Stopped_in_the_middle_it_goes_on_and_nothing_is_shown_anew()
    {
        await using var world = await World.Begin("--Policies:default:Repeat=0", "--Storage:Retention:Alerts=30d");
        await Fires(world, "DiskFull");
        for (var i = 0; i < 120; i++)
        {
            await world.Says("igor", $"/alert note A-1 still looking {i}");
        }

        await world.Says("igor", "/alert resolve A-1");
        await world.Settle();
        await world.Stop();
        world.Clock.Advance(TimeSpan.FromDays(31));
        await world.StartAgain();

        while ((await world.Stored("A-1")).Condensed is null)
        {
            await world.Services.GetRequiredService<DueRunner>().Run(CancellationToken.None);
        }

        var half = await world.Stored("A-1");
        Assert.StartsWith("DiskFull", await world.Says("ana", "/alert show A-1"));
        await world.Restart();
        await world.Pass(Duration.FromMinutes(1));

        Assert.Equal(new Condensation(half.Condensed!.At, Done: true), (await world.Stored("A-1")).Condensed);
        Assert.Empty(await Left(world, "A-1"));
        Assert.Empty((await world.Messages()).Where(message => message.Subject == "A-1"));
        await world.HearsAll();
    }

    [Fact]
    public async Task Of_a_commit_that_lost_against_an_incident_nothing_is_left_out()
    {
        await using var world = await World.Begin("--Policies:default:Repeat=0", "--Storage:Retention:Alerts=never");
        await Fires(world, "DiskFull");
        await world.Says("igor", "/alert resolve A-1");
        await world.Settle();
        var store = world.Services.GetRequiredService<IStore>();
        var read = await world.Stored("A-1");
        await world.Says("igor", "/incident start Disk");
        await world.Says("igor", "/incident link I-1 A-1");
        var entries = await store.List(Index<HistoryEntry>.Id, HistoryEntry.Of("A-1"));

        var late = new Commit().Put(read.Condense(done: true, world.Clock.Now()));
        entries.ToList().ForEach(entry => late.Delete(entry));

        Assert.Equal(CommitOutcome.Conflict, await store.Commit(late));
        Assert.Equal(entries.Count, (await store.List(Index<HistoryEntry>.Id, HistoryEntry.Of("A-1"))).Count);
        await world.Pass(400 * Day);
        Assert.Null((await world.Stored("A-1")).Condensed);
        await world.HearsAll();
    }

    [Fact]
    public async Task The_numbers_of_the_week_count_what_was_condensed()
    {
        await using var world = await World.Begin("--Policies:default:Repeat=0", "--Storage:Retention:Alerts=1d");
        await Fires(world, "DiskFull");
        await world.Pass(Duration.FromMinutes(4));
        await world.Says("igor", "/alert ack A-1");
        await world.Says("igor", "/alert resolve A-1");
        await world.HearsAll();
        await world.Pass(Instant.FromUtc(2026, 11, 30, 8, 0) - world.Clock.Now());

        Assert.NotNull((await world.Stored("A-1")).Condensed);
        var digest = await world.Hears();
        Assert.Contains("Alerts: 1 (0 before)\nBy severity: 1 warning", digest);
        Assert.Contains("By source: Alertmanager 1", digest);
        Assert.Contains("Time to acknowledge: median 4 min", digest);
        await world.HearsAll();
    }

    [Theory]
    [InlineData("12h", "Storage:Retention:Alerts: \"12h\" is less than a day: write 90d, or never to keep all.")]
    [InlineData("long", "Storage:Retention:Alerts: \"long\" is not a span of time: write it as 00:05:00 or 5m.")]
    public void A_wrong_age_is_refused_in_words(string age, string fault) =>
        Assert.Equal([fault], Assert.Throws<SettingsException>(() => global::Program.Build([$"--Storage:Retention:Alerts={age}"])).Faults);

    private static async Task Fires(World world, string name)
    {
        using var response = await world.Hook(AlertmanagerHook.Firing(name));
        Assert.True(response.IsSuccessStatusCode);
    }

    private static async Task<IReadOnlyList<T>> All<T>(World world)
        where T : Document, IStored<T> => await world.Services.GetRequiredService<IStore>().List(Index<T>.Id, Keys.All);

    /// <summary>What the store still holds beside the alert itself.</summary>
    private static async Task<IReadOnlyList<string>> Left(World world, string alert) =>
    [
        .. (await All<HistoryEntry>(world)).Where(entry => entry.Subject == alert).Select(entry => entry.Id),
        .. (await All<Episode>(world)).Where(episode => episode.Alert == alert).Select(episode => episode.Id),
        .. (await All<Shown>(world)).Where(shown => shown.Subject == alert || shown.Subject.StartsWith(alert + "/", StringComparison.Ordinal)).Select(shown => shown.Id),
        .. (await All<LocalMessage>(world)).Where(message => message.Subject == alert).Select(message => message.Id),
        .. (await All<Mark>(world)).Select(mark => mark.Id),
    ];
}
