using NodaTime;

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

    private static async Task Validate(ReportWorld reports, string id, string title)
    {
        reports.HackerOne.Submit(id, title);
        await reports.Hear(reports.HackerOne.Change(id, "triaged"), Ways.Webhook);
    }
}
