using ChatOps.Tests.Fakes;

namespace ChatOps.Tests.Scenarios;

/// <summary>What is written into inboxes and issue trackers, while these are well and while they are not.</summary>
public sealed class ReportWritingScenarios
{
    [Theory]
    [InlineData(Fault.TooMany)]
    [InlineData(Fault.Broken)]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.Gibberish)]
    [InlineData(Fault.Hang)]
    internal async Task What_HackerOne_does_not_take_now_it_gets_later_and_once(Fault fault)
    {
        await using var reports = await Validated();
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        hackerOne.NextTime(fault);
        Assert.Equal("It will stand in HackerOne as an internal comment.", await world.Says("ana", "/reports comment R-1 the release of Monday fixes it"));
        await reports.IsWritten();
        Assert.Equal(["internal: ana: the release of Monday fixes it"], hackerOne["7"].Comments);
        await reports.AskAgain();
        Assert.StartsWith("ana wrote an internal comment into HackerOne.", await world.Hears());
        await world.HearsNothing();
    }

    [Fact]
    public async Task What_HackerOne_refuses_for_good_is_told_to_whoever_wanted_it()
    {
        await using var reports = await Validated();
        reports.HackerOne.NextTime(Fault.Forbidden);
        await reports.World.Says("ana", "/reports comment R-1 hello");
        await reports.IsWritten();
        await reports.World.Hears();
        Assert.StartsWith("@ana, I cannot write an internal comment: HackerOne does not know the report, or the token may not write to it (403). Please do it by hand", await reports.World.Hears());
    }

    [Fact]
    public async Task A_researcher_reads_only_what_was_asked_about_twice()
    {
        await using var reports = await Validated();
        var (world, hackerOne) = (reports.World, reports.HackerOne);
        Assert.Contains("The researcher api-example will read this.", await reports.Fills("ana", "/reports comment R-1", new() { ["text"] = "Thank you!", ["who"] = "public" }));
        Assert.Equal("The researcher will read it in HackerOne.", await reports.Fills("ana", "/reports comment R-1", new() { ["text"] = "Thank you!", ["who"] = "public", ["sure"] = "Public" }));
        await reports.IsWritten();
        Assert.Equal(["public: Thank you!"], hackerOne["7"].Comments);
        Assert.StartsWith("ana wrote to the researcher api-example into HackerOne.", await world.Hears());
    }

    [Fact]
    public async Task While_GitHub_is_away_the_issue_waits_and_the_clock_runs_on()
    {
        await using var reports = await Validated();
        var world = reports.World;
        reports.Tracker.Away = "GitHub cannot be reached.";
        await reports.Fills("ana", "/reports issue R-1", []);
        await World.Until(async () => (await reports.Stored()).Effects is [{ Fault: not null }], "nobody tried");
        Assert.Contains("Waits: the issue in status-im/status-mobile: GitHub cannot be reached.", (await world.Card("R-1")).Text);
        Assert.DoesNotContain("Create issue", (await world.Card("R-1")).Labels);
        Assert.StartsWith("@ana has asked for the issue in status-im/status-mobile already", await reports.Fills("igor", "/reports issue R-1", []));
        Assert.True((await reports.Stored()).ClockRuns);

        await world.Restart();
        reports.Tracker.Away = null;
        await reports.IsWritten();
        Assert.Single(reports.Tracker.Issues);
        Assert.False((await reports.Stored()).ClockRuns);
        await world.HearsAll();
    }

    [Fact]
    public async Task While_HackerOne_is_away_an_issue_is_created_all_the_same_and_the_clock_stops()
    {
        await using var reports = await Validated();
        var world = reports.World;
        reports.HackerOne.IsDown = true;
        await world.Presses("ana", "take", "R-1");
        await World.Until(async () => (await reports.Stored()).Effects is [{ Fault: not null }], "nobody tried");
        await reports.Fills("ana", "/reports issue R-1", []);
        await World.Until(async () => (await reports.Stored()).Issue is not null, "the issue waits for HackerOne");
        Assert.False((await reports.Stored()).ClockRuns);
        Assert.Contains("Waits: an internal comment: HackerOne answers 500.\nthe issue's reference in the inbox, behind that", (await world.Card("R-1")).Text);

        reports.HackerOne.IsDown = false;
        await reports.IsWritten();
        Assert.Equal(["internal: ana has taken this report (R-1)."], reports.HackerOne["7"].Comments);
        Assert.NotNull(reports.HackerOne["7"].Reference);
        await world.HearsAll();
    }

    [Fact]
    public async Task While_GitHub_is_away_comments_are_written_all_the_same()
    {
        await using var reports = await Validated();
        var world = reports.World;
        reports.Tracker.Away = "GitHub cannot be reached.";
        await reports.Fills("ana", "/reports issue R-1", []);
        await World.Until(async () => (await reports.Stored()).Effects is [{ Fault: not null }], "nobody tried");
        await world.Says("ana", "/reports comment R-1 we are on it");
        await World.Until(() => Task.FromResult(reports.HackerOne["7"].Comments.Count == 1), "the comment waits for GitHub");
        await world.HearsAll();
        await world.Pass(NodaTime.Duration.FromHours(12.5));
        Assert.Contains("left for R-1", await world.Hears());
        Assert.Contains("Still to be written: the issue in status-im/status-mobile. GitHub cannot be reached.", (await world.Messages()).Last().Text);
        reports.Tracker.Away = null;
        await reports.IsWritten();
        await world.HearsAll();
    }

    [Fact]
    public async Task An_issue_that_cannot_be_seen_or_was_deleted_is_told_once_and_hides_no_other()
    {
        await using var reports = await Validated();
        var (world, tracker) = (reports.World, reports.Tracker);
        await reports.Fills("ana", "/reports issue R-1", []);
        await reports.IsWritten();
        foreach (var (id, asset) in new[] { ("8", "status-desktop"), ("9", "status-desktop") })
        {
            reports.HackerOne.Submit(id, $"Report {id}", asset: asset);
            await reports.Hear(reports.HackerOne.Change(id, "triaged"), Ways.Webhook);
            await reports.Fills("ana", id == "8" ? "/reports issue R-2" : "/reports issue R-3", []);
            await reports.IsWritten(id == "8" ? "R-2" : "R-3");
        }

        await world.HearsAll();
        tracker.Hides = "status-im/status-mobile";
        tracker.Delete(2);
        tracker.Close(3);

        await World.Until(
            async () =>
            {
                world.Clock.Advance(TimeSpan.FromSeconds(30));
                return (await reports.Stored("R-3")).Issue!.Closed;
            },
            "one issue hides the others");
        await world.Settle();
        string[] told = [.. (await world.Messages()).Select(message => message.Text).Where(text => text.Contains('#')).TakeLast(3)];
        Assert.Single(told, text => text.StartsWith("I cannot see any more whether status-im/status-mobile#1 is closed: GitHub has no status-im/status-mobile", StringComparison.Ordinal));
        Assert.Single(told, text => text.StartsWith("The issue status-im/status-desktop#2 is gone: somebody deleted it.", StringComparison.Ordinal));
        Assert.Single(told, text => text.StartsWith("status-im/status-desktop#3: https://github.com/status-im/status-desktop/issues/3 was closed.", StringComparison.Ordinal));
        Assert.Contains("Create issue", (await world.Card("R-2")).Labels);
        tracker.Hides = null;
        await World.Until(
            async () =>
            {
                world.Clock.Advance(TimeSpan.FromSeconds(30));
                return (await reports.Stored()).Issue!.Fault is null;
            },
            "it is not looked at again");
        await world.HearsAll();
    }

    [Fact]
    public async Task An_issue_whose_creation_was_not_heard_of_is_found_again_by_its_marker()
    {
        await using var reports = await Validated();
        reports.Tracker.LosesAnswer = true;
        reports.Tracker.Drops = "team:wallet";
        await reports.Fills("ana", "/reports issue R-1", []);
        await World.Until(async () => (await reports.Stored()).Effects is [{ Fault: not null }], "nobody tried");
        await reports.World.Restart();
        await reports.IsWritten();
        Assert.Single(reports.Tracker.Issues);
        await reports.World.Hears();
        await reports.World.Hears();
        Assert.Contains("It did not keep the labels team:wallet: add them there by hand.", await reports.World.Hears());
    }

    [Fact]
    public async Task An_issue_has_one_label_of_each_group_and_may_be_linked_instead()
    {
        await using var reports = await Validated();
        var world = reports.World;
        Assert.Contains("An issue has exactly one label severity:…; these have none.", await reports.Fills("ana", "/reports issue R-1", new() { ["labels"] = "type:bug" }));
        Assert.Contains("severity:terrible is none of severity:informational", await reports.Fills("ana", "/reports issue R-1", new() { ["labels"] = "severity:terrible, difficulty:low, status:reported, type:bug" }));
        Assert.StartsWith("\"42\" is not an issue", await world.Says("ana", "/reports issue R-1 42"));
        Assert.StartsWith("R-1 gets this issue", await world.Says("ana", "/reports issue R-1 https://github.com/status-im/status-mobile/issues/42"));
        await reports.IsWritten();
        await world.Hears();
        Assert.StartsWith("@ana, I cannot write the link to status-im/status-mobile#42: There is no issue status-im/status-mobile#42.", await world.Hears());
    }

    [Fact]
    public async Task A_swarm_is_corrected_from_chat_for_the_report_and_for_its_asset()
    {
        await using var reports = await Validated();
        var world = reports.World;
        Assert.Equal("R-1 belongs to wallet (status-im/status-mobile). /reports swarm R-1 NAME changes that.", await world.Says("ana", "/reports swarm R-1"));
        Assert.StartsWith("There is no swarm \"destkop\"; did you mean desktop? There are wallet, desktop.", await world.Says("ana", "/reports swarm R-1 destkop"));
        Assert.Equal("R-1 belongs to desktop now, and so does whatever else comes about im.status.ethereum.", await world.Says("ana", "/reports swarm R-1 desktop"));
        Assert.Contains("im.status.ethereum: desktop, says ana", await world.Says("ana", "/reports swarm"));
        reports.HackerOne.Submit("9", "Another");
        await reports.Hear(reports.HackerOne.Change("9", "triaged"), Ways.Webhook);
        await world.HearsAll();
        Assert.Contains("Swarm: desktop", (await world.Card("R-2")).Text);
        await reports.Fills("ana", "/reports issue R-2", []);
        await reports.IsWritten("R-2");
        await world.HearsAll();
        Assert.Equal(("status-im/status-desktop", "ana"), (reports.Tracker.Issues[0].Draft.Repository, Assert.Single(reports.Tracker.Issues[0].Draft.Assignees)));
    }

    private static async Task<ReportWorld> Validated()
    {
        var reports = await ReportWorld.Begin();
        reports.HackerOne.Submit("7");
        await reports.Hear(reports.HackerOne.Change("7", "triaged"), Ways.Both);
        await reports.World.HearsAll();
        return reports;
    }
}
