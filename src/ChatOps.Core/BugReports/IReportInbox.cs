using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>The way back: what is done here is written into the platform's inbox. Every call fails with <see cref="ReportInboxException"/> only.</summary>
public interface IReportInbox
{
    /// <summary>The source whose reports it holds, lower case.</summary>
    string Source { get; }

    /// <summary>The report as it stands there: asked before something is written again whose answer was lost. Null: it is unknown there, or not ours.</summary>
    Task<InboxReport?> Look(string externalId, CancellationToken cancel);

    /// <param name="externalId">Which report.</param>
    /// <param name="message">Markdown.</param>
    /// <param name="isInternal">False: the outside researcher sees it.</param>
    /// <param name="cancel">Gives up waiting.</param>
    Task Comment(string externalId, string message, bool isInternal, CancellationToken cancel);

    /// <summary>Moves it into another state, with words that the researcher sees.</summary>
    /// <returns>The platform's own time of that, or null where it does not say: only its times can be compared with those of its news.</returns>
    Task<Instant?> ChangeState(string externalId, ReportState state, string message, CancellationToken cancel);

    /// <summary>Says which issue the report has.</summary>
    Task WriteReference(string externalId, string reference, CancellationToken cancel);
}

/// <param name="State">Where it stands.</param>
/// <param name="IssueReference">The issue that is noted there.</param>
/// <param name="UpdatedAt">The platform's own time of what last happened to it.</param>
/// <param name="Activities">The newest at least.</param>
public sealed record InboxReport(ReportState State, string? IssueReference, Instant? UpdatedAt, IReadOnlyList<ReportActivity> Activities);

/// <summary>The platform did not do what was asked.</summary>
/// <param name="message">What went wrong, for whoever has to mend it.</param>
/// <param name="retryAfter">How long it asks to be left alone; null where it does not say.</param>
/// <param name="isFinal">Whether the same request can never succeed.</param>
/// <param name="inner">The fault behind it, or null.</param>
public sealed class ReportInboxException(string message, Duration? retryAfter, bool isFinal, Exception? inner)
    : Exception(message, inner)
{
    public Duration? RetryAfter { get; } = retryAfter;

    public bool IsFinal { get; } = isFinal;
}
