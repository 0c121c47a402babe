namespace ChatOps.Core.Alerts;

/// <summary>How bad, from low to high. Sources have many words for it.</summary>
public enum Severity
{
    Unknown,
    Info,
    Warning,
    Error,
    Critical,
}

internal static class SeverityWords
{
    public static Severity Read(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        "critical" or "crit" or "page" or "emergency" or "fatal" or "disaster" or "p1" => Severity.Critical,
        "error" or "err" or "major" or "high" or "p2" => Severity.Error,
        "warning" or "warn" or "minor" or "medium" or "p3" => Severity.Warning,
        "info" or "information" or "notice" or "low" or "none" or "p4" => Severity.Info,
        _ => Severity.Unknown,
    };

    public static string Say(this Severity severity) => severity == Severity.Unknown ? "unknown" : severity.ToString().ToLowerInvariant();
}
