using System.Globalization;
using System.Net;
using ChatOps.Core.BugReports;
using NodaTime;
using Octokit;

namespace ChatOps.GitHub;

/// <summary>What GitHub's refusals mean, and what a person does about each.</summary>
internal static class GitHubTroubles
{
    // GitHub's rule where it names no time: at least a minute. Its limits start afresh every hour.
    private static readonly Duration LeastRest = Duration.FromMinutes(1);
    private static readonly Duration LongestRest = Duration.FromHours(1);

    private const int LongestQuote = 200;

    /// <param name="fault">What the call ended with.</param>
    /// <param name="subject">The repository, or what else was asked for.</param>
    /// <param name="now">GitHub says at which instant its limit ends.</param>
    public static IssueTrackerException Of(Exception fault, string subject, DateTimeOffset now) => fault switch
    {
        ApiException refusal when IsLimit(refusal) => Limit(refusal, now),
        ApiException refusal => Of(refusal, subject),
        OperationCanceledException => Passing($"GitHub did not answer within {GitHubConnection.Patience.TotalSeconds:0} seconds", fault),
        HttpRequestException or IOException => Passing($"GitHub cannot be reached: {fault.Message}", fault),
        _ => Unreadable(fault.Message, fault),
    };

    /// <summary>Something answered that is not GitHub's API, such as a proxy. Nobody knows whether the request was done.</summary>
    public static IssueTrackerException Unreadable(string why, Exception? fault) => Passing($"GitHub's answer cannot be read: {Cut(why)}", fault);

    private static IssueTrackerException Of(ApiException refusal, string subject) => refusal.StatusCode switch
    {
        HttpStatusCode.Unauthorized => Final("GitHub does not accept the token: make a new one and set GitHub__Token", refusal),
        HttpStatusCode.Forbidden => Final($"GitHub does not let the token do this in {subject} ({Words(refusal)}): give it access there, with issues to read and write", refusal),
        HttpStatusCode.NotFound => Final($"GitHub has no {subject} that the token can see: correct the name, or give the token access", refusal),
        HttpStatusCode.Gone => Final($"{subject} takes no issues: switch them on in its settings on GitHub, or choose another repository", refusal),
        HttpStatusCode.UnprocessableEntity => Final($"GitHub refuses it: {Words(refusal)}", refusal),
        HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError => Passing($"GitHub answers {(int)refusal.StatusCode}", refusal),
        var status => Final($"GitHub refuses it ({(int)status}): {Words(refusal)}", refusal),
    };

    /// <summary>GitHub says no with 403 for too many requests as for a lack of rights, and only the rest of the answer tells which.</summary>
    private static bool IsLimit(ApiException refusal) => refusal.StatusCode is HttpStatusCode.TooManyRequests
        || (refusal.StatusCode is HttpStatusCode.Forbidden
            && (Text(refusal, "Retry-After") is not null || Header(refusal, "X-RateLimit-Remaining") == 0 || Words(refusal).Contains("rate limit", StringComparison.OrdinalIgnoreCase)));

    private static IssueTrackerException Limit(ApiException refusal, DateTimeOffset now)
    {
        var seconds = Header(refusal, "Retry-After") ?? Until(refusal, now)
            ?? (Header(refusal, "X-RateLimit-Remaining") == 0 ? Header(refusal, "X-RateLimit-Reset") - now.ToUnixTimeSeconds() : null);
        var rest = seconds is { } some ? Duration.FromSeconds(Math.Clamp(some, 1, (long)LongestRest.TotalSeconds)) : LeastRest;
        return new($"GitHub asks to slow down for {rest.TotalSeconds:0} seconds.", rest, isFinal: false, refusal);
    }

    /// <summary>It may name the moment instead of the span.</summary>
    private static long? Until(ApiException refusal, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(Text(refusal, "Retry-After"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) ? (long)Math.Ceiling((until - now).TotalSeconds) : null;

    private static string? Text(ApiException refusal, string name) => refusal.HttpResponse?.Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static long? Header(ApiException refusal, string name) =>
        Text(refusal, name) is { } text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What GitHub says of it: each field at fault, or its message.</summary>
    private static string Words(ApiException refusal)
    {
        var fields = (refusal.ApiError?.Errors ?? []).Select(error => string.Join(": ", new[] { error.Field, error.Message ?? error.Code }.Where(part => !string.IsNullOrEmpty(part))));
        var words = string.Join("; ", fields.Where(field => field.Length > 0));
        return Cut(words.Length > 0 ? words : refusal.Message.ReplaceLineEndings(" "));
    }

    private static IssueTrackerException Final(string message, Exception fault) => new($"{message}.", null, isFinal: true, fault);

    private static IssueTrackerException Passing(string message, Exception? fault) => new($"{message.TrimEnd('.')}.", null, isFinal: false, fault);

    private static string Cut(string text) => text.Length <= LongestQuote ? text : $"{text[..LongestQuote]}…";
}
