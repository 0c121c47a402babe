using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>The issue tracker did not do what was asked.</summary>
/// <param name="message">What went wrong, for whoever has to mend it.</param>
/// <param name="retryAfter">How long the tracker asks to be left alone; null where it does not say.</param>
/// <param name="isFinal">Whether the same request can never succeed, so that a person has to mend something.</param>
/// <param name="inner">The fault behind it, or null.</param>
public sealed class IssueTrackerException(string message, Duration? retryAfter, bool isFinal, Exception? inner)
    : Exception(message, inner)
{
    /// <summary>How long the tracker asks to be left alone.</summary>
    public Duration? RetryAfter { get; } = retryAfter;

    /// <summary>Whether asking again is pointless.</summary>
    public bool IsFinal { get; } = isFinal;
}
