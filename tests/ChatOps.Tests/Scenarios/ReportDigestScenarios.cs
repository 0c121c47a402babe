using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Quartz;

namespace ChatOps.Tests.Scenarios;

/// <summary>The digest of bug reports.</summary>
public sealed class ReportDigestScenarios
{
    [Fact]
    public async Task It_says_what_came_what_waits_and_who_has_it()
    {
        await using var reports = await ReportWorld.Begin(Ways.Webhook, null, "--Digests:BugReports:Enabled=true");
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        await world.Pass(Duration.FromHours(0.5));
        await Validate(reports, "1", "Late");
        await world.Pass(Duration.FromHours(5));
        await Validate(reports, "2", "Soon");
        await world.Says("ana", "/reports take R-2");
        await Validate(reports, "3", "Handled");
        await world.Says("ana", "/reports done R-3 a duplicate of ours");
        await reports.Hear(hackerOne.Reward("3", "250"), Ways.Webhook);
        await world.Pass(Duration.FromHours(17));
        await Validate(reports, "4", "New");
        await world.HearsAll();
        await world.Pass(Duration.FromHours(0.5));
        var digest = await world.Hears();
        Assert.Equal(
            """
            Bug reports
            Mon 23 Nov 09:00 UTC to Tue 24 Nov 09:00 UTC
            Came: 4: R-4, R-3, R-2, R-1
            Act now: 2
            • R-1 due Tue 24 Nov 10:30 UTC · high, CVSS 9.3 · Late · nobody has it
            • R-2 due Tue 24 Nov 15:30 UTC · high, CVSS 9.3 · Soon · @ana has it
            Queue: 1
            • R-4 due Wed 25 Nov 08:30 UTC · high, CVSS 9.3 · New · nobody has it
            Time to first answer: median 0 s, longest 0 s
            Time to handled: median 0 s, longest 0 s
            Bounties: 250 USD for R-3
            Last 8 weeks: ▁▁▁▁▁▁▁█ (0 0 0 0 0 0 0 4)
            /reports list shows all, /reports take R-7 takes one.
            """,
            digest);
        await world.HearsAll();
    }

    [Fact]
    public async Task A_report_has_come_when_it_is_validated_however_long_it_was_known_and_only_once()
    {
        await using var reports = await ReportWorld.Begin(Ways.Webhook, null, "--Digests:BugReports:Enabled=true");
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        await reports.Hear(hackerOne.Submit("1"), Ways.Webhook);
        await world.Pass(Duration.FromHours(24 * 3));
        await reports.Hear(hackerOne.Change("1", "triaged"), Ways.Webhook);
        await world.HearsAll();
        await world.Pass(Duration.FromHours(23.5));
        Assert.Contains("Came: 1: R-1", (await world.Messages()).Last(message => message.Text.StartsWith("Bug reports\n", StringComparison.Ordinal)).Text);
        await world.Says("ana", "/reports done R-1 no code of ours");

        // Validated anew it has not come a second time.
        await reports.Hear(hackerOne.Change("1", "needs-more-info"), Ways.Webhook);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await reports.Hear(hackerOne.Change("1", "triaged"), Ways.Webhook);
        await world.Pass(Duration.FromHours(24 * 3));
        Assert.Contains("Came: 0\n", (await world.Messages()).Last(message => message.Text.StartsWith("Bug reports\n", StringComparison.Ordinal)).Text);
        await world.HearsAll();
    }

    [Fact]
    public async Task Who_may_not_see_the_reports_reads_nothing_of_them_but_their_ids()
    {
        await using var reports = await ReportWorld.Begin(
            Ways.Webhook, null, "--Digests:BugReports:Enabled=true", "--BugReports:Channel=security", "--Digests:OnCallWeek:Enabled=false");
        var world = reports.World;
        await Validate(reports, "1", "Secret title");
        await world.Hears("security");
        await world.Hears("security");
        await world.Pass(Duration.FromHours(23));
        Assert.Contains("Secret title", (await world.Messages("security")).Last(message => message.Text.StartsWith("Bug reports\n", StringComparison.Ordinal)).Text);
        await world.Says("ana", "/oncall join");
        await world.Pass(Duration.FromHours(24 * 7));
        var general = string.Join('\n', (await world.Messages()).Select(message => message.Text));
        Assert.Contains("Bug reports", general);
        Assert.Contains("R-1", general);
        Assert.DoesNotContain("Secret title", general);
        while (await world.Unheard("security") > 0)
        {
            await world.Hears("security");
        }

        await world.HearsAll();
    }

    [Theory]
    [InlineData("line")]
    [InlineData("silence")]
    public async Task With_nothing_to_say_it_says_that_or_is_silent(string asked)
    {
        await using var world = await World.Begin($"--Digests:BugReports:WhenEmpty={asked}");
        await world.Pass(Duration.FromHours(24));
        if (asked == "line")
        {
            Assert.Equal("Bug reports: none came, and none waits.", await world.Hears());
        }
    }

    [Fact]
    public async Task Quartz_s_trigger_stands_at_its_cron_in_its_zone()
    {
        var folder = Directory.CreateTempSubdirectory("chatops-digest-");
        await using (var bot = global::Program.Build(
            [
                "--Urls=http://127.0.0.1:0", $"--Storage:ConnectionString=Filename={Path.Combine(folder.FullName, "chatops.db")}", "--Storage:Backup:Enabled=false",
                $"--Rotations:0:Handoff={TimeProvider.System.GetUtcNow().AddDays(3).DayOfWeek} 09:00", "--Digests:OnCallWeek:Enabled=false", "--Digests:Contracts:Enabled=false",
                "--Digests:BugReports:Cron=0 30 9 * * ?", "--Digests:BugReports:TimeZone=Asia/Kolkata",
            ],
            services => services.AddLogging(logging => logging.ClearProviders())))
        {
            await bot.StartAsync();
            var scheduler = await bot.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
            DateTimeOffset? at = null;
            await World.Until(async () => (at = (await scheduler.GetTrigger(new TriggerKey("due")))?.NextFireTimeUtc) is not null, "Quartz has no trigger.");
            Assert.Equal(new TimeSpan(4, 0, 0), at!.Value.UtcDateTime.TimeOfDay);
            await bot.StopAsync();
        }

        folder.Delete(recursive: true);
    }

    private static async Task Validate(ReportWorld reports, string id, string title)
    {
        reports.HackerOne.Submit(id, title);
        await reports.Hear(reports.HackerOne.Change(id, "triaged"), Ways.Webhook);
    }
}
