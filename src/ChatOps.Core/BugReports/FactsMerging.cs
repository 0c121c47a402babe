namespace ChatOps.Core.BugReports;

/// <summary>What a platform says of a report put on top of what is known.</summary>
internal static class FactsMerging
{
    /// <summary>Whether what is said is older than what is known.</summary>
    public static bool IsLate(ReportFacts known, ReportFacts said) =>
        known.UpdatedAt is { } before && (said.UpdatedAt < before || ((said.UpdatedAt ?? before) == before && Rank(said.State) < Rank(known.State)));

    // Two that carry the same time, or of which the later carries none, come in the order in which a report lives.
    private static int Rank(ReportState state) => state.IsClosed() ? 3 : state.IsValidated() ? 2 : state == ReportState.NeedsMoreInfo ? 1 : 0;

    /// <summary>What is said, and what is known of that of which nothing is said.</summary>
    public static ReportFacts Merge(ReportFacts known, ReportFacts said) => said with
    {
        // A word that we do not know does not take back what we do.
        State = said.OwnWord is not null && known.State.IsValidated() ? known.State : said.State,
        Title = said.Title.Length > 0 ? said.Title : known.Title,
        Severity = said.Severity == ReportSeverity.Unrated ? known.Severity : said.Severity,
        // A rating without a score leaves nothing of the score that went with another rating.
        Score = said.Score ?? (said.Severity == ReportSeverity.Unrated || said.Severity == known.Severity ? known.Score : null),
        Weakness = said.Weakness ?? known.Weakness,
        Asset = said.Asset ?? known.Asset,
        Reporter = said.Reporter ?? known.Reporter,
        Assignee = said.Assignee ?? known.Assignee,
        Url = said.Url ?? known.Url,
        Details = said.Details ?? known.Details,
        SubmittedAt = said.SubmittedAt ?? known.SubmittedAt,
        TriagedAt = said.TriagedAt ?? known.TriagedAt,
        ClosedAt = said.ClosedAt ?? known.ClosedAt,
        AnsweredAt = known.AnsweredAt ?? said.AnsweredAt,
        RewardedAt = said.RewardedAt ?? known.RewardedAt,
        Bounty = said.Bounty ?? known.Bounty,
        Currency = said.Currency ?? known.Currency,
        IssueReference = said.IssueReference ?? known.IssueReference,
        IssueUrl = said.IssueUrl ?? known.IssueUrl,
        UpdatedAt = said.UpdatedAt ?? known.UpdatedAt,
    };
}
