using ChatOps.Core.Decisions;
using ChatOps.Core.Time;
using ChatOps.Settings;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>Summaries that come at their time.</summary>
public sealed class DigestScenarios
{
    [Fact]
    public async Task On_Monday_morning_the_week_is_told_in_numbers_and_once()
    {
        await using var world = await World.Begin();
        await Alert(world, "DiskFull", Duration.FromMinutes(4));
        await world.Pass(Duration.FromHours(13));
        await Alert(world, "MailDown", Duration.FromMinutes(1));
        await world.Pass(Instant.FromUtc(2026, 11, 30, 8, 0) - world.Clock.Now());
        Assert.Equal(
            """
            The week on call
            Mon 23 Nov 08:00 UTC to Mon 30 Nov 08:00 UTC, against the time before
            Alerts: 2 (0 before)
            By severity: 2 warning
            At night, 22:00 to 07:00 UTC: 1 (0 before)
            By source: Alertmanager 2
            Busiest hours: 10:00 (1), 23:00 (1)
            Time to acknowledge: median 1 min (none before); slowest A-1 4 min
            Time to resolve: median 1 min (none before); slowest A-1 4 min
            """,
            await world.Hears());
        await world.Restart();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.Services.GetRequiredService<DueRunner>().Run(CancellationToken.None)));
        await world.HearsNothing();

        // A quiet week is compared with the one before; two quiet ones say nothing.
        await world.Pass(Duration.FromDays(7));
        Assert.StartsWith("Nobody is in core yet", await world.Hears());
        Assert.Contains("Alerts: 0 (2 before)", await world.Hears());
        await world.Pass(Duration.FromDays(21));
    }

    [Fact]
    public async Task After_downtime_the_last_one_that_was_missed_comes_and_says_that_it_is_late()
    {
        await using var world = await World.Begin("--Digests:OnCallWeek:Cron=0 0 8 * * ?");
        await Alert(world, "DiskFull", Duration.FromMinutes(1));
        await world.Pass(Duration.FromMinutes(1));
        await world.IsDown(Duration.FromDays(2));
        var late = await world.Hears();
        Assert.Contains("Tue 24 Nov 08:00 UTC to Wed 25 Nov 08:00 UTC", late);
        Assert.EndsWith("Late: due Wed 25 Nov 08:00 UTC, when I was not running.", late);
        Assert.Contains("Alerts: 0 (1 before)", late);
    }

    [Theory]
    [InlineData("2026-03-28T00:00:00Z", "2026-03-28T07:30:00Z,2026-03-29T06:30:00Z,2026-03-30T06:30:00Z")]
    [InlineData("2026-10-24T00:00:00Z", "2026-10-24T06:30:00Z,2026-10-25T07:30:00Z,2026-10-26T07:30:00Z")]
    public async Task It_comes_at_its_local_time_before_and_after_the_clocks_change(string from, string expected)
    {
        var now = NodaTime.Text.InstantPattern.General.Parse(from).Value;
        await using var world = await World.BeginAt(now, "--Digests:OnCallWeek:Cron=0 30 8 * * ?", "--Digests:OnCallWeek:TimeZone=Europe/Berlin", "--Policies:default:Repeat=0");
        var heard = new List<string>();
        foreach (var day in expected.Split(',').Select(each => NodaTime.Text.InstantPattern.General.Parse(each).Value))
        {
            await Alert(world, $"Alert{day.ToUnixTimeSeconds()}", Duration.Zero);
            await world.Pass(day - Duration.FromSeconds(1) - world.Clock.Now());
            await world.HearsNothing();
            await world.Pass(Duration.FromSeconds(1));
            heard.Add(await world.Hears());
        }

        Assert.Equal(3, heard.Count(text => text.Contains("08:30 CE", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_wrong_with_the_digests_is_said_all_at_once()
    {
        var fault = Assert.Throws<SettingsException>(() => global::Program.Build(
            ["--Digests:OnCallWeek:Cron=every monday", "--Digests:OnCallWeek:TimeZone=berlin", "--Digests:Weather:Cron=0 0 8 ? * MON", "--Handover:RemindAfter=soon"]));
        Assert.Collection(
            fault.Faults,
            said => Assert.Equal("Handover:RemindAfter: \"soon\" is not a span of time: write it as 00:05:00 or 5m.", said),
            said => Assert.Equal("Digests:Weather: there is no such setting; there are OnCallWeek, Contracts, BugReports.", said),
            said => Assert.StartsWith("Digests:OnCallWeek:Cron: \"every monday\" is not a cron expression", said),
            said => Assert.Equal("Digests:OnCallWeek:TimeZone: I do not know the time zone \"berlin\". Did you mean Europe/Berlin?", said));
    }

    /// <summary>An alert that somebody acknowledges and resolves after a while.</summary>
    private static async Task Alert(World world, string name, Duration after)
    {
        using var response = await world.Hook(AlertmanagerHook.Firing(name));
        Assert.True(response.IsSuccessStatusCode);
        await world.Pass(after);
        await world.Says("igor", "/alert ack");
        await world.Says("igor", "/alert resolve");
        for (var i = 0; i < 4; i++)
        {
            await world.Hears();
        }
    }
}
