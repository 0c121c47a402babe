namespace ChatOps.Core.BugReports;

/// <summary>How bad a report is, as whoever checked it guesses.</summary>
public enum ReportSeverity
{
    Unrated,
    None,
    Low,
    Medium,
    High,
    Critical,
}

public static class ReportSeverityWords
{
    public static string Say(this ReportSeverity severity) => severity == ReportSeverity.Unrated ? "not rated" : severity.ToString().ToLowerInvariant();

    public static ReportSeverity? Read(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        "none" => ReportSeverity.None,
        "low" => ReportSeverity.Low,
        "medium" => ReportSeverity.Medium,
        "high" => ReportSeverity.High,
        "critical" => ReportSeverity.Critical,
        _ => null,
    };
}
