using System.Text.Json;
using ChatOps.Core.BugReports;
using NodaTime;

namespace ChatOps.Sources.HackerOne;

/// <summary>From HackerOne's objects to a report in our words; the same for webhooks and for its API.</summary>
internal static class HackerOneReading
{
    private const int LongestId = 40;
    private const int LongestDetails = 2500;
    private const int LongestComment = 20_000;

    /// <summary>The report with what happened to it; neither where it belongs to another programme. The sentence says what could not be read.</summary>
    /// <param name="report">The report's object.</param>
    /// <param name="activity">What has just happened; null: all that the report itself tells of.</param>
    /// <param name="program">Our programme's handle, or null for any.</param>
    public static (ReportNews? News, string? Fault) Report(JsonElement report, JsonElement? activity, string? program)
    {
        if (report.At("id").Line(LongestId) is not { } id || !id.All(char.IsAsciiLetterOrDigit))
        {
            return (null, "The report has no id.");
        }

        if (program is not null && Related(report, "program").At("attributes", "handle").Line() is { } handle && !string.Equals(handle, program, StringComparison.OrdinalIgnoreCase))
        {
            return (null, null);
        }

        if (report.At("attributes") is not { ValueKind: JsonValueKind.Object } attributes)
        {
            return (null, $"Report {id} has no attributes.");
        }

        if (attributes.At("title").Line() is not { } title)
        {
            return (null, $"Report {id} has no title.");
        }

        var word = attributes.At("state").Line(50) ?? "no state";
        var known = ReportStateWords.Read(word);
        var state = known ?? (attributes.At("triaged_at").Time() is null ? ReportState.New : ReportState.Triaged);

        var activities = activity is { } one ? [one] : report.At("relationships", "activities", "data").Entries();
        var facts = Facts(id, report, attributes, title, state) with { OwnWord = known is null ? word : null };
        var fault = known is null ? $"Report {id} is in a state that I do not know: {word}. It stays open here." : null;
        return (new ReportNews(HackerOneSource.SourceName, id, facts) { SourceTitle = HackerOneSource.SourceTitle, Activities = [.. activities.Select(Activity).OfType<ReportActivity>()] }, fault);
    }

    /// <summary>The id of the report that an activity is about, in the list of activities.</summary>
    public static string? ReportOf(JsonElement activity) =>
        (activity.At("attributes", "report_id") ?? activity.At("relationships", "report", "data", "id")).Line(LongestId) is { } id && id.All(char.IsAsciiLetterOrDigit) ? id : null;

    public static ReportActivity? Activity(JsonElement activity)
    {
        if (activity.At("id").Line(LongestId) is not { } id || activity.At("type").Line() is not { } type)
        {
            return null;
        }

        var attributes = activity.At("attributes");
        // A programme that acts has a handle and no name.
        var actor = Related(activity, "actor").At("attributes");
        return new ReportActivity($"{type}/{id}", (actor?.At("username") ?? actor?.At("handle")).Line(100), attributes?.At("created_at").Time())
        {
            Comment = type == "activity-comment" ? (attributes?.At("message")).Text(LongestComment) ?? "" : null,
            Message = type.StartsWith("activity-bug-", StringComparison.Ordinal) ? (attributes?.At("message")).Text(LongestComment) : null,
            Reopens = type == "activity-bug-reopened",
            Internal = (attributes?.At("internal")).Flag() ?? true,
        };
    }

    /// <summary>HackerOne's word for a state.</summary>
    public static string Word(ReportState state) => state switch
    {
        ReportState.PendingReview => "pending-program-review",
        ReportState.NeedsMoreInfo => "needs-more-info",
        ReportState.NotApplicable => "not-applicable",
        _ => state.Say(),
    };

    private static ReportFacts Facts(string id, JsonElement report, JsonElement attributes, string title, ReportState state)
    {
        var severity = Related(report, "severity").At("attributes");
        var scope = Related(report, "structured_scope").At("attributes");
        var assignee = Related(report, "assignee").At("attributes");
        var bounties = report.At("relationships", "bounties", "data").Entries().Select(bounty => bounty.At("attributes")).OfType<JsonElement>().ToList();
        return new ReportFacts(title, state)
        {
            Severity = ReportSeverityWords.Read((severity?.At("rating")).Line()) ?? ReportSeverity.Unrated,
            Score = (severity?.At("score")).Number(),
            Weakness = Related(report, "weakness").At("attributes", "name").Line() ?? report.At("relationships", "vulnerability_types", "data", "0", "attributes", "name").Line(),
            Asset = (scope?.At("asset_identifier")).Line(),
            Reporter = Related(report, "reporter").At("attributes", "username").Line(100),
            Assignee = (assignee?.At("username") ?? assignee?.At("name")).Line(100),
            Url = $"https://hackerone.com/reports/{id}",
            Details = attributes.At("vulnerability_information").Text(LongestDetails),
            SubmittedAt = attributes.At("submitted_at").Time() ?? attributes.At("created_at").Time(),
            TriagedAt = attributes.At("triaged_at").Time(),
            ClosedAt = attributes.At("closed_at").Time(),
            AnsweredAt = attributes.At("first_program_activity_at").Time(),
            RewardedAt = attributes.At("bounty_awarded_at").Time(),
            Bounty = bounties.Count == 0 ? null : bounties.Sum(bounty => (bounty.At("awarded_amount").Number() ?? bounty.At("amount").Number() ?? 0) + (bounty.At("awarded_bonus_amount").Number() ?? bounty.At("bonus_amount").Number() ?? 0)),
            Currency = bounties.Count == 0 ? null : bounties[0].At("awarded_currency").Line(10) ?? "USD",
            IssueReference = attributes.At("issue_tracker_reference_id").Line(),
            IssueUrl = attributes.At("issue_tracker_reference_url").Line(),
            UpdatedAt = Latest(attributes),
        };
    }

    public static Instant? Latest(JsonElement attributes)
    {
        string[] times = ["last_activity_at", "last_program_activity_at", "last_reporter_activity_at", "triaged_at", "closed_at"];
        return times.Select(name => attributes.At(name).Time()).Max();
    }

    private static JsonElement Related(JsonElement parent, string name) => parent.At("relationships", name, "data") ?? default;
}
