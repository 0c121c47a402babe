using ChatOps.Core.BugReports;
using NodaTime;

namespace ChatOps.Tests.Core;

/// <summary>What a swarm's issue says, and what it is labelled with.</summary>
public sealed class IssueTemplateTests
{
    private static readonly Swarm Desktop = new("desktop", [], "a/b") { Labels = ["type:arch", "team:desktop"] };

    private static readonly BugReport Report = new("R-1", "hackerone", "7", Instant.FromUtc(2026, 11, 23, 10, 0))
    {
        SourceTitle = "HackerOne",
        Facts = new ReportFacts("Secret", ReportState.New) { Severity = ReportSeverity.High },
        Channel = "on-call",
    };

    [Fact]
    public void A_swarm_s_own_label_takes_the_place_of_the_usual_one_of_its_group()
    {
        var offered = IssueTemplate.LabelsOf(Report, LabelGroup.Usual, Desktop);
        Assert.Equal(["severity:high", "difficulty:undetermined", "status:reported"], offered);
        Assert.Equal([.. offered, "type:arch", "team:desktop"], IssueTemplate.WithOwn(offered, LabelGroup.Usual, Desktop));
        Assert.Null(LabelGroup.Fault(LabelGroup.Usual, IssueTemplate.WithOwn(offered, LabelGroup.Usual, Desktop)));

        // What somebody chose goes before it.
        Assert.Equal([.. offered, "type:bug", "team:desktop"], IssueTemplate.WithOwn([.. offered, "type:bug"], LabelGroup.Usual, Desktop));
    }

    [Fact]
    public void It_says_of_no_report_that_it_was_validated_when_it_was_not()
    {
        Assert.StartsWith("A security report was submitted, and is not validated yet.", IssueTemplate.Draft(Report, Guid.Empty, "a/b", "Title", [], []).Body);
        Assert.StartsWith("A security report was validated, Mon 23 Nov", IssueTemplate.Draft(Report with { ValidatedAt = Report.HeardAt }, Guid.Empty, "a/b", "Title", [], []).Body);
    }

    [Fact]
    public void A_target_that_was_missed_stays_on_the_card()
    {
        var targets = new ReportTargets(3, 5, 30, 30, new WorkingTime(DateTimeZone.Utc, WorkingTime.Weekdays, new LocalTime(9, 0), new LocalTime(17, 0)));
        var settings = new BugReportSettings("on-call", "core", false, new ClockRules(Duration.FromHours(24), new Dictionary<ReportSeverity, Duration>(), null), targets, [], []);
        var late = Report with { Facts = Report.Facts with { SubmittedAt = Instant.FromUtc(2026, 11, 2, 10, 0), AnsweredAt = Instant.FromUtc(2026, 11, 20, 10, 0) }, ChangedAt = Report.HeardAt };
        var shown = ReportCard.Draw(late, null, settings, true).Fields.Single(field => field.Name == "Programme's targets").Value.ToString();
        Assert.Contains("first response was due", shown);
        Assert.Contains("triage was due", shown);
    }
}
