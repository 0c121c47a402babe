using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>What the programme has promised researchers, in working days (settings <c>BugReports:Targets</c>). It stands beside the clock and stops nothing.</summary>
/// <param name="FirstResponse">From submission to the first answer.</param>
/// <param name="Triage">From submission to validation.</param>
/// <param name="Bounty">From validation to the reward.</param>
/// <param name="Resolution">From validation to the end.</param>
/// <param name="Days">Which days count.</param>
public sealed record ReportTargets(int FirstResponse, int Triage, int Bounty, int Resolution, WorkingTime Days)
{
    /// <summary>All four, in the order in which they come.</summary>
    public IEnumerable<ReportTarget> Of(BugReport report)
    {
        var facts = report.Facts;
        if (facts.SubmittedAt is { } submitted)
        {
            yield return new("first response", Days.AddDays(submitted, FirstResponse), facts.AnsweredAt);
            yield return new("triage", Days.AddDays(submitted, Triage), facts.TriagedAt ?? report.ValidatedAt);
        }

        if (report.ValidatedAt is { } validated)
        {
            yield return new("bounty", Days.AddDays(validated, Bounty), facts.RewardedAt ?? (report.Awards is [var award, ..] ? award.At : null));
            yield return new("resolution", Days.AddDays(validated, Resolution), facts.State.IsClosed() ? facts.ClosedAt ?? report.ChangedAt : null);
        }
    }
}

/// <param name="Name">As people call it.</param>
/// <param name="Due">Until when.</param>
/// <param name="MetAt">When it was done; null: it still waits.</param>
public sealed record ReportTarget(string Name, Instant Due, Instant? MetAt)
{
    public bool IsMissed => MetAt > Due;
}
