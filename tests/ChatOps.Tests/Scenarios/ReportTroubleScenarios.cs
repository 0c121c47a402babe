using ChatOps.Core.BugReports;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.HackerOne;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>What goes wrong between the bot, HackerOne and GitHub, and does no harm.</summary>
public sealed class ReportTroubleScenarios
{
    [Fact]
    public async Task News_are_late_by_HackerOnes_clock_and_not_by_ours()
    {
        await using var reports = await Validated(Ways.Both, fake => fake.Behind = Duration.FromMinutes(4));
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        await Ask(reports, "Which version?");
        await reports.IsWritten();
        Assert.Equal(ReportState.NeedsMoreInfo, (await reports.Stored()).Facts.State);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await reports.Hear(hackerOne.Change("7", "triaged"), Ways.Webhook);
        Assert.Equal(ReportState.Triaged, (await reports.Stored()).Facts.State);
        await world.HearsAll();
    }

    [Fact]
    public async Task A_question_that_waited_is_not_sent_when_the_report_was_closed_meanwhile_and_its_words_are_not_lost()
    {
        await using var reports = await Validated();
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        hackerOne.IsDown = true;
        await Ask(reports, "Which version, and on which phone?");
        await World.Until(async () => (await reports.Stored()).Effects is [{ Fault: not null }], "nobody tried");
        hackerOne.Change("7", "resolved");
        hackerOne.IsDown = false;
        await reports.IsWritten();
        Assert.Equal("resolved", hackerOne["7"].State);
        await world.HearsAll();
        Assert.Contains((await world.Messages()), message => message.Text.StartsWith("@ana, I cannot write \"needs more info\" in the inbox: it is closed in HackerOne by now: resolved.", StringComparison.Ordinal));
        Assert.Contains("Which version, and on which phone?", await world.Says("ana", "/reports unsent R-1"));
        Assert.DoesNotContain("Which version", await world.Says("igor", "/reports unsent R-1"));
    }

    [Fact]
    public async Task A_list_that_names_itself_as_its_next_page_is_read_once_and_people_know()
    {
        await using var reports = await ReportWorld.Begin(Ways.Polling, null);
        var world = reports.World;
        reports.HackerOne.Submit("7");
        reports.HackerOne.GoesRound = true;
        await World.Until(
            async () =>
            {
                world.Clock.Advance(TimeSpan.FromSeconds(30));
                return (await world.Messages()).Any(message => message.Text.StartsWith("SourceSilent", StringComparison.Ordinal));
            },
            "nobody hears that the list goes round");
        Assert.Contains((await world.Messages()), message => message.Text.Contains("HackerOne's list of reports goes round or has no end.", StringComparison.Ordinal));
        await world.HearsAll();
    }

    [Fact]
    public async Task A_question_whose_answer_was_lost_is_asked_once_also_when_the_researcher_was_faster()
    {
        await using var reports = await Validated();
        var hackerOne = reports.HackerOne;
        hackerOne.NextTime(Fault.None);
        hackerOne.NextTime(Fault.AnswerLost);
        await Ask(reports, "Which version?");
        await World.Until(async () => (await reports.Stored()).Effects is [{ Fault: not null }], "nobody tried");
        hackerOne.Change("7", "new", "made-up-user", "1.20");
        await reports.IsWritten();
        Assert.Single(hackerOne["7"].Activities, activity => (string)activity["attributes"]!["message"]! == "Which version?");
        Assert.Equal("new", hackerOne["7"].State);
        await reports.World.HearsAll();
    }

    [Fact]
    public async Task What_somebody_else_has_asked_meanwhile_is_not_asked_on_top()
    {
        await using var reports = await Validated();
        reports.HackerOne.Change("7", "needs-more-info", "status-triage", "Another question");
        await Ask(reports, "Which version?");
        await reports.IsWritten();
        Assert.DoesNotContain(reports.HackerOne["7"].Activities, activity => (string)activity["attributes"]!["message"]! == "Which version?");
        await reports.World.HearsAll();
        Assert.Contains("Which version?", await reports.World.Says("ana", "/reports unsent R-1"));
    }

    [Fact]
    public async Task An_issue_that_was_begun_and_given_up_is_found_by_whoever_asks_again_in_another_repository_too()
    {
        await using var reports = await Validated();
        reports.Tracker.LosesAnswer = true;
        await reports.Fills("ana", "/reports issue R-1", []);
        await World.Until(async () => (await reports.Stored()).Effects is [{ Fault: not null }], "nobody tried");
        reports.Tracker.Hides = "status-im/status-mobile";
        await reports.IsWritten();
        Assert.Null((await reports.Stored()).Issue);
        Assert.Contains("Security report R-1", await reports.World.Says("ana", "/reports unsent R-1"));
        reports.Tracker.Hides = null;
        await reports.Fills("ana", "/reports issue R-1", new() { ["swarm"] = "desktop" });
        await reports.IsWritten();
        Assert.Single(reports.Tracker.Issues);
        Assert.Equal("status-im/status-mobile#1", (await reports.Stored()).Issue!.Name);
        await reports.World.HearsAll();
    }

    [Fact]
    public async Task An_issue_that_HackerOne_knows_of_is_the_only_one_is_looked_at_and_still_handles_it_when_it_is_validated_anew()
    {
        await using var reports = await Validated();
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        await reports.Tracker.Create(new IssueDraft("status-im/status-mobile", "By hand", "", "", [], []), CancellationToken.None);
        await reports.Hear(hackerOne.Refer("7", "https://github.com/status-im/status-mobile/issues/1"), Ways.Webhook);
        Assert.False((await reports.Stored()).ClockRuns);
        Assert.StartsWith("R-1 has its issue: status-im/status-mobile#1", await world.Says("ana", "/reports issue R-1 https://github.com/status-im/status-mobile/issues/2"));
        reports.Tracker.Close(1);
        await World.Until(
            async () =>
            {
                world.Clock.Advance(TimeSpan.FromSeconds(10));
                return (await reports.Stored()).Issue!.Closed;
            },
            "nobody sees that the issue is closed");

        hackerOne.Submit("8", "Another");
        await reports.Hear(hackerOne.Change("8", "triaged"), Ways.Webhook);
        await reports.Hear(hackerOne.Refer("8", "T413"), Ways.Webhook);
        Assert.StartsWith("R-2 has an issue by what HackerOne says: T413. A second one would be too many", await reports.Fills("ana", "/reports issue R-2", []));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await reports.Hear(hackerOne.Change("8", "needs-more-info"), Ways.Webhook);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await reports.Hear(hackerOne.Change("8", "triaged"), Ways.Webhook);
        Assert.False((await reports.Stored("R-2")).ClockRuns);
        await world.HearsAll();
    }

    [Theory]
    [InlineData("https://gitlab.example/status-im/status-mobile/issues/1", true)]
    [InlineData("https://gitlab.com/group/below/project/-/issues/3", true)]
    [InlineData("http://[::bad/status-im/status-mobile/issues/1", false)]
    [InlineData("https://github.com:x/status-im/status-mobile/issues/1", false)]
    public async Task An_address_elsewhere_is_linked_without_being_looked_at_and_an_odd_one_is_refused(string address, bool isLinked)
    {
        await using var reports = await Validated();
        var answer = await reports.World.Says("ana", $"/reports issue R-1 {address}");
        Assert.StartsWith(isLinked ? "R-1 gets this issue" : $"\"{address}\" is not an issue", answer);
        await reports.IsWritten();
        await World.Until(async () => !isLinked || (await reports.Stored()).Issue is { Elsewhere: true } || Later(reports), "it is looked at");
        Assert.Equal(isLinked, (await reports.Stored()).Issue is not null);
        await reports.World.HearsAll();
    }

    [Fact]
    public async Task More_activities_than_are_remembered_are_told_once()
    {
        await using var reports = await Validated(Ways.Polling);
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        for (var i = 0; i < 260; i++)
        {
            world.Clock.Advance(TimeSpan.FromMilliseconds(2));
            hackerOne.Comment("7", "made-up-user", $"Comment {i}");
        }

        await reports.AskAgain();
        await world.HearsAll();
        var entries = (await reports.Stored()).Entries;
        Assert.Equal(261, entries);
        await reports.Hear(hackerOne.Comment("7", "made-up-user", "The last"), Ways.Polling);
        Assert.Equal(entries + 1, (await reports.Stored()).Entries);
        await world.HearsAll();
    }

    [Fact]
    public async Task Details_that_were_kept_are_not_shown_once_settings_forbid_it()
    {
        await using var reports = await ReportWorld.Begin(Ways.Webhook, null, "--BugReports:ShowDetails=true");
        reports.HackerOne.Submit("7");
        await reports.Hear(reports.HackerOne.Change("7", "triaged"), Ways.Webhook);
        await reports.World.HearsAll();
        var stored = await reports.Stored();
        Assert.NotNull(stored.Facts.Details);
        var shown = BugReportSettings.Read(new ChatOps.Core.Settings.SettingsReader(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()), "on-call");
        Assert.True(ReportCard.Draw(stored, null, shown, true).Text.IsEmpty);
        Assert.False(ReportCard.Draw(stored, null, shown with { ShowDetails = true }, true).Text.IsEmpty);
    }

    [Fact]
    public async Task What_is_paid_twice_is_summed_up_once_each_time_and_another_rating_leaves_no_old_score()
    {
        await using var reports = await Validated();
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        await reports.Hear(hackerOne.Reward("7", "100"), Ways.Webhook);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await reports.Hear(hackerOne.Reward("7", "350"), Ways.Webhook);
        Assert.Equal([100m, 250m], (await reports.Stored()).Awards.Select(award => award.Amount));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        hackerOne.Rate("7", "low", score: false);
        await reports.Hear(hackerOne.Comment("7", "status-triage", "Rated anew", isInternal: true), Ways.Webhook);
        Assert.Equal((ReportSeverity.Low, null), ((await reports.Stored()).Facts.Severity, (await reports.Stored()).Facts.Score));
        await world.HearsAll();
    }

    private static bool Later(ReportWorld reports)
    {
        reports.World.Clock.Advance(TimeSpan.FromMinutes(1));
        return false;
    }

    private static async Task Ask(ReportWorld reports, string question) =>
        Assert.Equal("The researcher will read your question in HackerOne.", await reports.Fills("ana", "/reports more R-1", new() { ["text"] = question, ["sure"] = "public" }));

    private static async Task<ReportWorld> Validated(Ways ways = Ways.Both, Action<FakeHackerOne>? before = null)
    {
        var reports = await ReportWorld.Begin(ways, before);
        reports.HackerOne.Submit("7");
        await reports.Hear(reports.HackerOne.Change("7", "triaged"), ways);
        await reports.World.HearsAll();
        return reports;
    }
}
