using ChatOps.Core.BugReports;
using ChatOps.Tests.Fakes.HackerOne;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>Bug reports from their validation to their end, by whichever way they are heard of.</summary>
public sealed class ReportLifeScenarios
{
    [Theory]
    [InlineData(Ways.Webhook)]
    [InlineData(Ways.Polling)]
    [InlineData(Ways.Both)]
    public async Task A_report_lives_from_its_validation_over_its_issue_to_its_end(Ways ways)
    {
        await using var reports = await ReportWorld.Begin(ways);
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        await reports.Hear(hackerOne.Submit("815099"), ways);
        await world.HearsNothing();
        Assert.Contains("R-1 not validated yet · high, CVSS 9.3 · Private key leak", await world.Says("ana", "/reports list"));

        await reports.Hear(hackerOne.Change("815099", "triaged"), ways);
        var card = await world.Hears();
        Assert.StartsWith("Private key leak through debug log\nSeverity: high, CVSS 9.3\nWeakness: Buffer Over-read\nAsset: im.status.ethereum\nSwarm: wallet\nReporter: api-example\nState: triaged\nInbox: https://hackerone.com/reports/815099\nValidated: Mon 23 Nov", card);
        Assert.Contains("UTC: an issue, or Done with a reason\n", card);
        Assert.DoesNotContain("How to break", card);
        Assert.Matches("^@igor: validated Mon 23 Nov 10:0[0-9] UTC. Create its swarm's issue, or press Done with a reason, by Tue 24 Nov 10:0[0-9] UTC.", await world.Hears());
        Assert.Equal("open", (await world.Card("R-1")).State);

        Assert.StartsWith("You have R-1: Private key leak through debug log. The clock runs on: due Tue 24 Nov", await world.Presses("ana", "take", "R-1"));
        Assert.StartsWith("ana took it. The clock runs on", await world.Hears());
        Assert.Equal("acknowledged", (await world.Card("R-1")).State);

        Assert.StartsWith("You have R-1 now; @ana had it. The clock runs on: due", await world.Says("igor", "/reports take R-1"));
        Assert.StartsWith("igor took it from @ana. The clock runs on", await world.Hears());
        Assert.StartsWith("You have R-1 now; @igor had it.", await world.Says("ana", "/reports take R-1"));
        Assert.StartsWith("ana took it from @igor.", await world.Hears());
        Assert.Contains("ana took it.", await world.Presses("igor", "history", "R-1"));

        Assert.StartsWith("The issue for R-1 is on its way to status-im/status-mobile", await reports.Fills("ana", "/reports issue R-1", []));
        await reports.IsWritten();
        Assert.StartsWith("ana gave it to the swarm wallet.", await world.Hears());
        Assert.StartsWith("ana asked for the issue in status-im/status-mobile.", await world.Hears());
        Assert.StartsWith("Created status-im/status-mobile#1: https://github.com/status-im/status-mobile/issues/1 for ana. The clock stops.", await world.Hears());
        var (draft, _) = Assert.Single(reports.Tracker.Issues);
        Assert.Equal("Security report R-1 (HackerOne 815099)", draft.Title);
        Assert.Equal(["severity:high", "difficulty:undetermined", "status:reported", "type:bug", "team:wallet"], draft.Labels);
        Assert.DoesNotContain("leak", draft.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("How to break", draft.Body, StringComparison.Ordinal);
        Assert.Equal("mitigated", (await world.Card("R-1")).State);
        if (ways.HasFlag(Ways.Polling))
        {
            Assert.Equal("https://github.com/status-im/status-mobile/issues/1", hackerOne["815099"].Reference);
            Assert.Equal(["internal: ana has taken this report (R-1).", "internal: igor has taken this report (R-1).", "internal: ana has taken this report (R-1)."], hackerOne["815099"].Comments);
        }

        // What we wrote ourselves comes back, and is no news.
        await reports.Hear(hackerOne.Last("815099"), ways);
        await world.HearsNothing();

        await reports.Hear(hackerOne.Comment("815099", "made-up-user", "Any news?"), ways);
        Assert.StartsWith("made-up-user wrote a comment in HackerOne.", await world.Hears());
        await reports.Hear(hackerOne.Reward("815099", "500.00"), ways);
        Assert.StartsWith("A bounty of 500 USD was awarded.", await world.Hears());

        reports.Tracker.Close(1);
        await World.Until(
            async () =>
            {
                world.Clock.Advance(TimeSpan.FromSeconds(10));
                return (await reports.Stored()).Issue!.Closed;
            },
            "nobody sees that the issue is closed");
        Assert.StartsWith("status-im/status-mobile#1: https://github.com/status-im/status-mobile/issues/1 was closed.", await world.Hears());
        Assert.Contains("Issue: status-im/status-mobile#1: https://github.com/status-im/status-mobile/issues/1, closed", (await world.Card("R-1")).Text);

        await reports.Hear(hackerOne.Change("815099", "resolved"), ways);
        Assert.StartsWith("HackerOne says: resolved.", await world.Hears());
        Assert.Equal("closed", (await world.Card("R-1")).State);
        Assert.Empty((await world.Card("R-1")).Buttons);
        Assert.Single(await reports.All());
        Assert.StartsWith("R-1 is closed in HackerOne: resolved.", await world.Says("igor", "/reports take R-1"));
    }

    [Fact]
    public async Task News_out_of_order_and_twice_are_one_report_that_does_not_go_back()
    {
        await using var reports = await ReportWorld.Begin();
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        FakeDelivery[] deliveries = [hackerOne.Submit("7"), hackerOne.Comment("7", "status-triage", "Looking", isInternal: true), hackerOne.Change("7", "triaged")];
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        foreach (var delivery in deliveries.Reverse().Concat(deliveries).Append(deliveries[0]))
        {
            await reports.Hear(delivery, Ways.Webhook);
        }

        await Task.WhenAll(deliveries.Concat(deliveries).Select(reports.Deliver));
        await reports.AskAgain();
        Assert.StartsWith("Private key leak", await world.Hears());
        Assert.StartsWith("@igor: validated", await world.Hears());
        await world.HearsAll();
        Assert.Equal(ReportState.Triaged, Assert.Single(await reports.All()).Facts.State);
    }

    [Fact]
    public async Task Questions_ends_and_new_beginnings_may_come_in_any_order_and_twice()
    {
        string[] words = ["triaged", "needs-more-info", "triaged", "resolved", "reopened"];
        foreach (var seed in Enumerable.Range(1, 6))
        {
            await using var reports = await ReportWorld.Begin(Ways.Webhook);
            var (world, hackerOne) = (reports.World, reports.HackerOne);
            List<FakeDelivery> deliveries = [hackerOne.Submit("7")];
            foreach (var word in words)
            {
                world.Clock.Advance(TimeSpan.FromSeconds(1));
                deliveries.Add(word == "reopened" ? hackerOne.Reopen("7") : hackerOne.Change("7", word));
            }

            var shuffled = deliveries.Concat(deliveries).ToArray();
            new Random(seed).Shuffle(shuffled);
            foreach (var delivery in shuffled)
            {
                Assert.Equal(System.Net.HttpStatusCode.OK, await reports.Deliver(delivery));
            }

            var report = Assert.Single(await reports.All());
            Assert.Equal((ReportState.Triaged, true), (report.Facts.State, report.ClockRuns));
            Assert.Equal(hackerOne["7"].LastActivityAt, report.Facts.UpdatedAt);
            await world.HearsAll();
        }
    }

    [Fact]
    public async Task What_no_webhook_brings_is_found_by_asking_and_what_makes_no_activity_by_going_through_all()
    {
        await using var reports = await ReportWorld.Begin();
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        hackerOne.Submit("8");
        hackerOne.Change("8", "triaged");
        await reports.AskAgain();
        await world.HearsAll();
        hackerOne.Rate("8", "critical");
        await World.Until(
            async () =>
            {
                world.Clock.Advance(TimeSpan.FromMinutes(1));
                return (await reports.Stored()).Facts.Severity == ReportSeverity.Critical;
            },
            "nobody sees the new severity");
        Assert.StartsWith("Severity changed from high to critical.", await world.Hears());
    }

    [Fact]
    public async Task The_first_start_takes_what_is_open_and_tells_nobody_of_what_was_late_already()
    {
        await using var reports = await ReportWorld.Begin(Ways.Polling, hackerOne =>
        {
            var clock = (Microsoft.Extensions.Time.Testing.FakeTimeProvider)hackerOne.Clock;
            hackerOne.Submit("1", "Long closed");
            hackerOne.Change("1", "resolved");
            hackerOne.Submit("2", "Late already");
            hackerOne.Change("2", "triaged");
            hackerOne.Comment("2", "made-up-user", "Hello?");
            hackerOne.Submit("3", "Not looked at");
            clock.Advance(TimeSpan.FromHours(30));
            hackerOne.Submit("4", "Validated tonight");
            hackerOne.Change("4", "triaged");
            clock.Advance(TimeSpan.FromHours(3));
        });
        var world = reports.World;
        // Who joins is told at the same time: before or after.
        var told = (await world.Messages()).Select(message => message.Text).Where(text => !text.StartsWith("igor joined", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, told.Count);
        Assert.StartsWith("Validated tonight", told[0]);
        Assert.StartsWith("Validated Tue 24 Nov 16:00 UTC. Nobody is on call, so nobody was told by name. Create its swarm's issue", told[1]);
        var list = await world.Says("ana", "/reports list");
        Assert.Equal(
            ["2 bug reports wait", "overdue since Tue 24 Nov 10:00 UTC", "due Wed 25 Nov 16:00 UTC", "not validated yet"],
            list.Split('\n').Select((line, i) => i == 0 ? line : line.Split(' ', 2)[1].Split(" · ")[0]));
        await world.Pass(Duration.FromMinutes(5));
        await world.HearsNothing();

        // As soon as anything happens to it, it is like the others.
        await reports.Hear(reports.HackerOne.Comment("2", "made-up-user", "Still there?"), Ways.Polling);
        Assert.StartsWith("Late already", await world.Hears());
        Assert.StartsWith("made-up-user wrote a comment in HackerOne.", await world.Hears());
    }

    [Fact]
    public async Task What_was_late_before_the_first_webhook_pages_nobody_and_has_its_whole_time_once_something_happens_to_it()
    {
        await using var reports = await ReportWorld.Begin(Ways.Webhook, hackerOne =>
        {
            hackerOne.Submit("1", "Old");
            hackerOne.Change("1", "triaged");
            ((Microsoft.Extensions.Time.Testing.FakeTimeProvider)hackerOne.Clock).Advance(TimeSpan.FromDays(60));
        });
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        hackerOne.Submit("2", "Fresh");
        await reports.Hear(hackerOne.Change("2", "triaged"), Ways.Webhook);
        await world.HearsAll();
        await world.Pass(Duration.FromHours(2));
        await reports.Hear(hackerOne.Comment("1", "made-up-user", "Any news?"), Ways.Webhook);
        await world.Pass(Duration.FromHours(1));
        await world.HearsNothing();
        Assert.Contains("overdue since", (await world.Says("ana", "/reports list")).Split('\n').Single(line => line.Contains("Old", StringComparison.Ordinal)));
        await world.Says("ana", "/reports done R-1 fixed");
        await world.HearsAll();
        await reports.Hear(hackerOne.Comment("1", "made-up-user", "Hello?"), Ways.Webhook);
        Assert.StartsWith("Old", await world.Hears());
        Assert.StartsWith("made-up-user wrote a comment in HackerOne.", (await world.Messages()).Last().Text);
        await world.HearsAll();
        await world.Pass(Duration.FromHours(23.5));
        Assert.Contains("@igor: 1 h left for R-2", (await world.Messages()).Last(message => message.Text.Contains("1 h left", StringComparison.Ordinal)).Text);
        await world.Pass(Duration.FromHours(1));
        Assert.Contains((await world.Messages()), message => message.Text.StartsWith("@igor: R-2 is overdue", StringComparison.Ordinal));
        await world.HearsAll();
    }

    [Fact]
    public async Task One_that_was_closed_before_the_first_start_and_is_opened_again_counts_from_then()
    {
        await using var reports = await ReportWorld.Begin(Ways.Polling, hackerOne =>
        {
            hackerOne.Submit("1", "Came back");
            hackerOne.Change("1", "triaged");
            hackerOne.Change("1", "resolved");
            ((Microsoft.Extensions.Time.Testing.FakeTimeProvider)hackerOne.Clock).Advance(TimeSpan.FromDays(60));
        });
        var world = reports.World;
        await world.HearsNothing();
        world.Clock.Advance(TimeSpan.FromHours(1));
        await reports.Hear(reports.HackerOne.Reopen("1"), Ways.Polling);
        Assert.StartsWith("Came back", await world.Hears());
        Assert.Matches("^@igor: validated Fri 22 Jan 11:00 UTC.* by Sat 23 Jan 11:00 UTC", await world.Hears());
        await world.Pass(Duration.FromHours(1));
        await world.HearsNothing();

        // Known and closed it is the same.
        await reports.Hear(reports.HackerOne.Change("1", "resolved"), Ways.Polling);
        world.Clock.Advance(TimeSpan.FromDays(30));
        await reports.AskAgain();
        await reports.Hear(reports.HackerOne.Reopen("1"), Ways.Polling);
        await world.HearsAll();
        Assert.Equal(reports.HackerOne["1"].LastActivityAt, (await reports.Stored()).Clock!.From);
    }

    [Theory]
    [InlineData(Ways.Webhook)]
    [InlineData(Ways.Polling)]
    public async Task What_was_validated_after_the_first_start_and_first_heard_of_late_is_overdue_at_once(Ways ways)
    {
        await using var reports = await ReportWorld.Begin(ways);
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Stop();
        hackerOne.Submit("7");
        hackerOne.Change("7", "triaged");
        world.Clock.Advance(TimeSpan.FromHours(30));
        await world.StartAgain();
        await reports.Hear(hackerOne.Comment("7", "made-up-user", "Any news?"), ways);
        await world.Pass(Duration.Zero);
        Assert.Contains(await world.Messages(), message => message.Text.StartsWith("@igor: R-1 is overdue", StringComparison.Ordinal));
        await world.HearsAll();
    }

    [Fact]
    public async Task While_HackerOne_is_down_for_long_people_know_and_then_hear_what_they_missed()
    {
        await using var reports = await ReportWorld.Begin(Ways.Polling, null);
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        hackerOne.IsDown = true;
        hackerOne.Submit("7");
        hackerOne.Change("7", "triaged");
        await World.Until(
            async () =>
            {
                world.Clock.Advance(TimeSpan.FromSeconds(30));
                return (await world.Messages()).Any(message => message.Subject == "A-1");
            },
            "nobody hears that HackerOne is down");
        Assert.StartsWith("SourceSilent\nHackerOne does not answer: what happens there is not heard of, and what is done here does not reach it\nHackerOne answers 500.", await world.Hears());
        await world.Hears();
        hackerOne.IsDown = false;
        await reports.AskAgain();
        await World.Until(async () => (await world.Card("A-1")).State == "resolved", "nobody hears that HackerOne is back");
        await world.HearsAll();
        Assert.Equal(1, (await world.Messages()).Count(message => message.Subject == "R-1" && message.ThreadId is null));
    }

    [Fact]
    public async Task Reports_of_another_programme_and_people_who_join_are_nothing_to_us()
    {
        await using var reports = await ReportWorld.Begin(Ways.Both, null);
        Assert.Equal(System.Net.HttpStatusCode.OK, await reports.Deliver(FakeDelivery.Of("report_triaged", Samples.HackerOne("webhook_report_triaged.raw").Replace("\"status-im\"", "\"somebody-else\"", StringComparison.Ordinal))));
        Assert.Equal(System.Net.HttpStatusCode.OK, await reports.Deliver(FakeDelivery.Of("program_hacker_joined", """{"data":{"activity":{"id":"1","type":"activity-hacker-joined","attributes":{}}}}""")));
        Assert.Empty(await reports.All());
    }
}
