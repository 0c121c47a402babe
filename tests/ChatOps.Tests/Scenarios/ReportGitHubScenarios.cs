using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.GitHub;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>A report's issue, through the real GitHub adapter.</summary>
public sealed class ReportGitHubScenarios
{
    [Theory]
    [InlineData(Fault.None, Fault.None)]
    [InlineData(Fault.Broken, Fault.TooMany)]
    [InlineData(Fault.None, Fault.Reset)]
    [InlineData(Fault.None, Fault.AnswerLost)]
    internal async Task The_issue_is_made_once_and_its_end_is_seen(Fault looking, Fault making)
    {
        await using var github = await FakeGitHub.Open(new FakeTimeProvider(Instant.FromUtc(2026, 11, 23, 10, 0).ToDateTimeOffset()));
        var repository = github.Add("status-im/status-mobile");
        await using var reports = await ReportWorld.Begin(Ways.Both, null, github.Settings);
        var world = reports.World;
        reports.HackerOne.Submit("7");
        await reports.Hear(reports.HackerOne.Change("7", "triaged"), Ways.Both);
        await world.HearsAll();

        github.NextTime(looking);
        github.NextTime(making);
        await reports.Fills("ana", "/reports issue R-1", []);
        await reports.IsWritten();
        var issue = Assert.Single(repository.Issues);
        Assert.Equal("Security report R-1 (HackerOne 7)", issue.Title);
        Assert.Equal(["severity:high", "difficulty:undetermined", "status:reported", "type:bug", "team:wallet"], issue.Labels);
        Assert.Equal((await reports.Stored()).Issue!.Url, reports.HackerOne["7"].Reference);
        Assert.False((await reports.Stored()).ClockRuns);

        issue.IsClosed = true;
        await World.Until(
            async () =>
            {
                world.Clock.Advance(TimeSpan.FromSeconds(10));
                return (await reports.Stored()).Issue!.Closed;
            },
            "nobody sees that the issue is closed");
        await world.HearsAll();
        Assert.Equal("closed", (await world.Card("R-1")).State);
    }

    [Fact]
    public async Task What_GitHub_left_out_without_a_word_is_told()
    {
        await using var github = await FakeGitHub.Open(new FakeTimeProvider(Instant.FromUtc(2026, 11, 23, 10, 0).ToDateTimeOffset()));
        github.Add("status-im/status-mobile").MayPush = false;
        await using var reports = await ReportWorld.Begin(Ways.Webhook, null, github.Settings);
        reports.HackerOne.Submit("7");
        await reports.Hear(reports.HackerOne.Change("7", "triaged"), Ways.Webhook);
        await reports.Fills("ana", "/reports issue R-1", new() { ["assignees"] = "@corey" });
        await reports.IsWritten();
        var told = (await reports.World.Messages()).Last().Text;
        Assert.Contains("It did not keep the labels severity:high, difficulty:undetermined, status:reported, type:bug, team:wallet: add them there by hand.", told);
        Assert.Contains("It is not assigned to corey, who may have no access: assign it there by hand.", told);
        await reports.World.HearsAll();
    }
}
