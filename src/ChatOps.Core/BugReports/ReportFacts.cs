using System.Text.Json.Serialization;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>What a platform says of a report at one moment. What it does not say is null, and then what was known stays.</summary>
/// <param name="Title">One line.</param>
/// <param name="State">Where it stands there.</param>
public sealed record ReportFacts(string Title, ReportState State)
{
    /// <summary>The platform's word for where it stands, when it is none that we know: then <see cref="State"/> is a guess that keeps it open.</summary>
    public string? OwnWord { get; init; }

    public ReportSeverity Severity { get; init; }

    /// <summary>CVSS, 0 to 10.</summary>
    public decimal? Score { get; init; }

    public string? Weakness { get; init; }

    /// <summary>What is affected, as the programme's scope names it: a repository, an app's id, a web address.</summary>
    public string? Asset { get; init; }

    public string? Reporter { get; init; }

    public string? Assignee { get; init; }

    /// <summary>Into the inbox.</summary>
    public string? Url { get; init; }

    /// <summary>The platform's own words of what is wrong. Read only where settings allow it to be shown.</summary>
    public string? Details { get; init; }

    public Instant? SubmittedAt { get; init; }

    public Instant? TriagedAt { get; init; }

    public Instant? ClosedAt { get; init; }

    /// <summary>When the programme first said anything to the researcher.</summary>
    public Instant? AnsweredAt { get; init; }

    public Instant? RewardedAt { get; init; }

    /// <summary>All that was paid for it, in <see cref="Currency"/>.</summary>
    public decimal? Bounty { get; init; }

    public string? Currency { get; init; }

    /// <summary>The issue as the platform knows it.</summary>
    public string? IssueReference { get; init; }

    public string? IssueUrl { get; init; }

    /// <summary>Its issue as the platform names it, or null.</summary>
    [JsonIgnore]
    public string? Reference => IssueReference ?? IssueUrl;

    /// <summary>When anything last happened to it there: what is older than what we know is late news.</summary>
    public Instant? UpdatedAt { get; init; }

    /// <summary>Where it stands, in words.</summary>
    [JsonIgnore]
    public string Stands => OwnWord ?? State.Say();
}
