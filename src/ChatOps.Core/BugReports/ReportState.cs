namespace ChatOps.Core.BugReports;

/// <summary>Where a report stands in its programme's inbox, in every programme's words for it.</summary>
public enum ReportState
{
    New,
    NeedsMoreInfo,

    /// <summary>The platform's triage has looked at it and waits for the programme's word.</summary>
    PendingReview,
    Triaged,

    /// <summary>The fix is being tried by whoever reported it.</summary>
    Retesting,
    Resolved,
    Informative,
    NotApplicable,
    Duplicate,
    Spam,
}

public static class ReportStateWords
{
    /// <summary>Somebody has checked it, and it is the programme's turn.</summary>
    public static bool IsValidated(this ReportState state) => state is ReportState.PendingReview or ReportState.Triaged or ReportState.Retesting;

    public static bool IsClosed(this ReportState state) => state >= ReportState.Resolved;

    public static string Say(this ReportState state) => state switch
    {
        ReportState.NeedsMoreInfo => "needs more info",
        ReportState.PendingReview => "pending program review",
        ReportState.NotApplicable => "not applicable",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>Reads a platform's word, however it joins its parts; null when it is none of ours.</summary>
    public static ReportState? Read(string? word) => word?.Trim().ToLowerInvariant().Replace('_', '-').Replace(' ', '-') switch
    {
        "new" or "submitted" or "open" => ReportState.New,
        "needs-more-info" or "need-more-info" => ReportState.NeedsMoreInfo,
        "pending-program-review" or "pending-review" => ReportState.PendingReview,
        "triaged" or "validated" or "accepted" => ReportState.Triaged,
        "retesting" => ReportState.Retesting,
        "resolved" or "fixed" => ReportState.Resolved,
        "informative" => ReportState.Informative,
        "not-applicable" or "rejected" => ReportState.NotApplicable,
        "duplicate" => ReportState.Duplicate,
        "spam" => ReportState.Spam,
        _ => null,
    };
}
