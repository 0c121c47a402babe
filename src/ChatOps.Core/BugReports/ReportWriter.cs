using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>
/// Writes what reports want written into inboxes and issue trackers, in order for each report and each of the two systems, and looks at their issues. Each try is noted before it begins; what an earlier one
/// may have done is looked up first, so that a crash between the doing and the noting does nothing twice.
/// </summary>
public sealed partial class ReportWriter(
    IStore store, Decider decider, IEnumerable<IReportInbox> inboxes, IEnumerable<IIssueTracker> trackers, TimeProvider clock, ILogger<ReportWriter> log)
{
    /// <summary>How often an issue is looked at.</summary>
    public static readonly Duration BetweenLooks = Duration.FromMinutes(5);

    private const int Batch = 50;
    private const string Tracker = "GitHub";
    private const string Later = "later";

    private readonly IIssueTracker? _tracker = trackers.FirstOrDefault();

    /// <summary>Does what is to be done by now.</summary>
    /// <returns>When there is something to do next, or null.</returns>
    public async Task<Instant?> Run(Tenure tenure)
    {
        // One system that is slow or away does not keep the other waiting.
        await Task.WhenAll(Write(BugReport.WritingInbox, tracker: false, tenure), UseTracker(tenure));
        var inbox = await store.List(BugReport.WritingInbox, Keys.All, 1, cancel: tenure.Ended);
        var issues = await store.List(BugReport.WritingTracker, Keys.All, 1, cancel: tenure.Ended);
        return inbox.Select(report => report.NextFor(tracker: false)).Concat(issues.Select(report => report.NextFor(tracker: true))).Min(effect => effect?.NextAt);
    }

    private async Task UseTracker(Tenure tenure)
    {
        await Write(BugReport.WritingTracker, tracker: true, tenure);
        if (_tracker is null)
        {
            return;
        }

        foreach (var report in await store.List(BugReport.Watched, Keys.UpTo(Keys.At(clock.Now() - BetweenLooks) + "|~"), Batch, cancel: tenure.Ended))
        {
            if (!await Look(_tracker, report, tenure))
            {
                break; // it is away: none of the others can be seen either
            }
        }
    }

    private async Task Write(Index<BugReport> waiting, bool tracker, Tenure tenure)
    {
        foreach (var report in await store.List(waiting, Keys.UpTo(Keys.At(clock.Now()) + "|~"), Batch, cancel: tenure.Ended))
        {
            if (report.NextFor(tracker) is { } effect && !await Write(report, effect, tenure))
            {
                return; // it is away: what waits for it comes when that has gone behind
            }
        }
    }

    /// <returns>False: the system could not do it now.</returns>
    private async Task<bool> Write(BugReport report, ReportEffect effect, Tenure tenure)
    {
        var cancel = tenure.Ended;
        var now = clock.Now();
        if (effect.NextAt > now || await decider.Change<BugReport>(report.Id, current => current.Begin(effect, now), Markup.Empty, cancel) is not Decision<BugReport>.Changed begun)
        {
            return true;
        }

        var wanted = effect with { Tries = effect.Tries + 1 };
        Func<BugReport, Instant, Decision<BugReport>> outcome;
        string result;
        try
        {
            tenure.ThrowIfOver();
            (outcome, result) = (await Do(begun.Next, wanted, cancel), "done");
        }
        catch (Exception fault) when (fault is ReportInboxException or IssueTrackerException)
        {
            var (final, retryAfter) = fault switch
            {
                ReportInboxException inbox => (inbox.IsFinal, inbox.RetryAfter),
                IssueTrackerException tracker => (tracker.IsFinal, tracker.RetryAfter),
                _ => (false, null),
            };
            (outcome, result) = (final ? (current, at) => current.GaveUp(wanted, fault.Message, at) : (current, at) => current.Failed(wanted, fault.Message, retryAfter, at), final ? "refused" : Later);
            LogNotWritten(report.Id, wanted.Kind, result, fault.Message);
        }

        // Only we touch an effect that was begun; what others changed meanwhile stays.
        await decider.Change<BugReport>(report.Id, current => current.StillWants(wanted) ? outcome(current, clock.Now()) : new Decision<BugReport>.Kept(), Markup.Empty, cancel);
        Telemetry.ReportWrites.Add(1, new KeyValuePair<string, object?>("kind", wanted.Kind.ToString()), new("result", result));
        return result != Later;
    }

    private async Task<Func<BugReport, Instant, Decision<BugReport>>> Do(BugReport report, ReportEffect effect, CancellationToken cancel)
    {
        if (effect.Kind is EffectKind.CreateIssue or EffectKind.LinkIssue)
        {
            var issue = effect.Kind == EffectKind.CreateIssue ? await Create(report, effect.Draft!, cancel) : await Find(effect, cancel);
            var tellInbox = inboxes.Any(each => each.Source == report.Source);
            return (current, now) => current.HasIssue(effect, issue, tellInbox, now);
        }

        var inbox = inboxes.FirstOrDefault(each => each.Source == report.Source)
            ?? throw new ReportInboxException($"I have no access to {report.SourceTitle}'s inbox.", null, isFinal: true, null);
        var writtenAt = await InboxWriting.Write(inbox, report, effect, cancel);
        return (current, now) => current.Wrote(effect, writtenAt, now);
    }

    private async Task<IssueState> Create(BugReport report, IssueDraft draft, CancellationToken cancel)
    {
        if (_tracker is null)
        {
            throw new IssueTrackerException("No issue tracker is set up.", null, isFinal: true, null);
        }

        foreach (var repository in report.BegunIn.Where(each => !string.Equals(each, draft.Repository, StringComparison.OrdinalIgnoreCase)))
        {
            try
            {
                if (await _tracker.Find(repository, draft.Marker, cancel) is { } begun)
                {
                    return begun;
                }
            }
            catch (IssueTrackerException fault) when (fault.IsFinal)
            {
                // Where we may not look any more we did not create it either, as far as anybody can tell.
                LogNotSeen(report.Id, fault.Message);
            }
        }

        return await _tracker.Find(draft.Repository, draft.Marker, cancel) ?? await _tracker.Create(draft, cancel);
    }

    private bool IsOurs(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && string.Equals(address.Host, _tracker?.Host, StringComparison.OrdinalIgnoreCase);

    private async Task<IssueState> Find(ReportEffect effect, CancellationToken cancel) => _tracker is null || !IsOurs(effect.Text!)
        ? new IssueState(effect.Link!, new Uri(effect.Text!), "", Closed: false, [], [])
        : await _tracker.Read(effect.Link!, cancel) ?? throw new IssueTrackerException($"There is no issue {effect.Link!.Repository}#{effect.Link.Number}.", null, isFinal: true, null);

    private async Task<bool> Look(IIssueTracker tracker, BugReport report, Tenure tenure)
    {
        var looked = report.Issue!;
        try
        {
            tenure.ThrowIfOver();
            if (!IsOurs(looked.Url))
            {
                await decider.Change<BugReport>(report.Id, current => current.IsElsewhere(looked), Markup.Empty, tenure.Ended);
                return true;
            }

            var issue = await tracker.Read(looked.Reference, tenure.Ended);
            await decider.Change<BugReport>(report.Id, current => current.Looked(looked, issue, Tracker, clock.Now()), Markup.Empty, tenure.Ended);
            return true;
        }
        catch (IssueTrackerException fault)
        {
            // It goes behind the others also where the fault may pass: one issue alone never keeps all from being seen.
            LogNotSeen(report.Id, fault.Message);
            await decider.Change<BugReport>(report.Id, current => current.NotSeen(looked, fault.Message, fault.IsFinal, Tracker, clock.Now()), Markup.Empty, tenure.Ended);
            return fault.IsFinal;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Report}: {Kind}, {Result}: {Why}")]
    private partial void LogNotWritten(string report, EffectKind kind, string result, string why);

    [LoggerMessage(LogLevel.Warning, "{Report}: its issue could not be looked at: {Why}")]
    private partial void LogNotSeen(string report, string why);
}
