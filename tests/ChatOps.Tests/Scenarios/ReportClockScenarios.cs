using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>The clock of a bug report.</summary>
public sealed class ReportClockScenarios
{
    [Fact]
    public async Task People_are_reminded_three_times_and_then_told_as_of_an_alert_until_it_is_handled()
    {
        await using var reports = await Validated();
        var world = reports.World;
        await world.Presses("igor", "take", "R-1");
        Assert.StartsWith("igor took it.", await world.Hears());

        foreach (var (hours, left) in new[] { (12, "12 h"), (6, "6 h"), (5, "1 h") })
        {
            await world.Pass(Duration.FromHours(hours));
            Assert.StartsWith($"@igor: {left} left for R-1: create its issue or press Done with a reason by Tue 24 Nov 10:00 UTC.", await world.Hears());
        }

        await world.HearsNothing();
        await world.Pass(Duration.FromHours(1));
        Assert.StartsWith("@igor: R-1 is overdue: it was to be handled by Tue 24 Nov 10:00 UTC", await world.Hears());
        var alert = await world.Hears();
        Assert.StartsWith("BugReportOverdue\nR-1 is overdue since Tue 24 Nov 10:00 UTC: it has no issue and no reason why it needs none", alert);
        Assert.StartsWith("Opened. Told @igor, on call for core", await world.Hears());
        Assert.Equal("firing", (await world.Card("R-1")).State);

        // An acknowledgement of the alert stops the telling, not the clock; restarting changes nothing.
        await world.Says("igor", "/alert ack A-1");
        await world.Hears();
        await world.Restart();
        await world.Pass(Duration.FromMinutes(20));
        await world.HearsNothing();

        Assert.Equal("R-1 is done. It stays open in HackerOne until somebody closes it there.", await world.Says("igor", "/reports done R-1 no code of ours"));
        Assert.StartsWith("igor is done with it: no code of ours. The clock stops.", await world.Hears());
        Assert.StartsWith("It is back to normal: resolved.", await world.Hears());
        Assert.Equal(("resolved", "closed"), ((await world.Card("A-1")).State, (await world.Card("R-1")).State));
        Assert.StartsWith("R-1 is handled: @igor", await world.Says("ana", "/reports done R-1 again"));
        Assert.StartsWith("R-1 is handled: @igor", await world.Says("ana", "/reports take R-1"));
        await world.Pass(Duration.FromDays(2));
    }

    [Fact]
    public async Task After_a_time_without_the_program_one_reminder_is_said_and_not_all_that_were_missed()
    {
        await using var reports = await Validated();
        await reports.World.IsDown(Duration.FromHours(20));
        Assert.StartsWith("@igor: 4 h left for R-1", await reports.World.Hears());
    }

    [Fact]
    public async Task It_stands_still_while_the_researcher_is_asked_and_starts_anew_with_the_next_validation()
    {
        await using var reports = await Validated(Ways.Both);
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        Assert.Contains("api-example will read this", await reports.Fills("ana", "/reports more R-1", new() { ["text"] = "Which version?", ["sure"] = "yes" }));
        Assert.Empty(hackerOne["7"].Comments);
        Assert.Equal("The researcher will read your question in HackerOne.", await reports.Fills("ana", "/reports more R-1", new() { ["text"] = "Which version?", ["sure"] = "public" }));
        await reports.IsWritten();
        Assert.StartsWith("ana asked the researcher api-example for more information.", await world.Hears());
        Assert.Equal("needs-more-info", hackerOne["7"].State);
        await reports.Hear(hackerOne.Last("7"), Ways.Both);
        Assert.Contains("Due: the clock stands still: it waits for the researcher", (await world.Card("R-1")).Text);
        await world.Pass(Duration.FromHours(48));
        await world.HearsNothing();

        await reports.Hear(hackerOne.Change("7", "triaged"), Ways.Both);
        Assert.Matches("^It is triaged again. @igor: validated Wed 25 Nov 10:.* by Thu 26 Nov 10:", await world.Hears());
    }

    [Fact]
    public async Task Its_length_is_settable_by_severity_and_in_working_time()
    {
        await using var reports = await ReportWorld.Begin(
            Ways.Webhook, null, "--BugReports:Clock:Hours=business", "--BugReports:Clock:High=10h", "--BugReports:Business:TimeZone=Europe/Berlin", "--BugReports:Business:From=09:00", "--BugReports:Business:To=17:00");
        // 11:00 in Berlin: six hours today, four tomorrow.
        reports.HackerOne.Submit("7");
        await reports.Hear(reports.HackerOne.Change("7", "triaged"), Ways.Webhook);
        await reports.World.HearsAll();
        Assert.Equal(Instant.FromUtc(2026, 11, 24, 12, 0), (await reports.Stored()).Clock!.Due);
        Assert.Equal([Instant.FromUtc(2026, 11, 23, 15, 0), Instant.FromUtc(2026, 11, 24, 9, 30), Instant.FromUtc(2026, 11, 24, 11, 0)], (await reports.Stored()).Clock!.Reminders);
    }

    private static async Task<ReportWorld> Validated(Ways ways = Ways.Webhook)
    {
        var reports = await ReportWorld.Begin(ways);
        reports.HackerOne.Submit("7");
        await reports.Hear(reports.HackerOne.Change("7", "triaged"), Ways.Webhook);
        await reports.World.HearsAll();
        return reports;
    }
}
