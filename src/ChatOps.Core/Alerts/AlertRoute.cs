namespace ChatOps.Core.Alerts;

/// <summary>Where an alert goes: whose rotation, which policy, which channel.</summary>
public sealed record AlertRoute(string Rotation, string Policy, string Channel)
{
    /// <summary>A link for those who handle it, where the alert has none of its own.</summary>
    public string? Runbook { get; init; }

    /// <summary>Goes before what the alert says of itself.</summary>
    public string? Severity { get; init; }

    internal string Key => $"{Rotation}/{Policy}/{Channel}";
}

/// <summary>One entry of <c>Routes</c>: the first whose source and labels all match decides.</summary>
/// <param name="Source">Only this source, or null.</param>
/// <param name="Match">Labels that must have exactly these values.</param>
/// <param name="Route">Where to.</param>
public sealed record RouteRule(string? Source, IReadOnlyDictionary<string, string> Match, AlertRoute Route)
{
    public bool Matches(string source, Signal signal) =>
        (Source is null || string.Equals(Source, source, StringComparison.OrdinalIgnoreCase))
        && Match.All(label => signal.Label(label.Key) == label.Value);
}
