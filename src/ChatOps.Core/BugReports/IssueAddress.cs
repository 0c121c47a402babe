using System.Text.RegularExpressions;

namespace ChatOps.Core.BugReports;

/// <summary>Where people look at an issue: https://github.com/status-im/status-mobile/issues/12, or https://gitlab.com/group/below/project/-/issues/12.</summary>
/// <param name="Reference">Its place.</param>
/// <param name="Url">The address.</param>
public sealed partial record IssueAddress(IssueReference Reference, Uri Url)
{
    /// <summary>Reads what somebody typed or a platform says; null when it is no issue's address.</summary>
    public static IssueAddress? Read(string? text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && Place().Match(url.AbsolutePath) is { Success: true } place
            ? new(new IssueReference(place.Groups["repository"].Value, long.Parse(place.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture)), url)
            : null;

    [GeneratedRegex("^/(?:(?<repository>[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)|(?<repository>[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+?)/-)/issues/(?<number>[1-9][0-9]{0,17})/?$")]
    private static partial Regex Place();
}
