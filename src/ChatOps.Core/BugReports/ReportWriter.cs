using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>
/// Writes what reports want written into inboxes and issue trackers, one after another for each report, and looks at their issues. Each try is noted before it begins; what an earlier one
/// may have done is looked up first, so that a crash between the doing and the noting does nothing twice.
/// </summary>
public sealed partial class ReportWriter(
    IStore store, Decider decider, IEnumerable<IReportInbox> inboxes, IEnumerable<IIssueTracker> trackers, TimeProvider clock, ILogger<ReportWriter> log)
{
    /// <summary>How often an issue is looked at.</summary>
    public static readonly Duration BetweenLooks = Duration.FromMinutes(5);

    private const int Batch = 50;

    // Clocks differ between us and a platform; a comment with the same words is ours if it is not clearly older than our wish.
    private static readonly Duration ClocksDiffer = Duration.FromMinutes(5);

    private readonly IIssueTracker? _tracker = trackers.FirstOrDefault();

    /// <summary>Does what is to be done by now.</summary>
    /// <returns>When there is something to do next, or null.</returns>
    public async Task<Instant?> Run(Tenure tenure)
    {
        var cancel = tenure.Ended;
        foreach (var report in await store.List(BugReport.Writing, Keys.UpTo(Keys.At(clock.Now()) + "|~"), Batch, cancel: cancel))
        {
            await Write(report, tenure);
        }

        if (_tracker is not null)
        {
            foreach (var report in await store.List(BugReport.Watched, Keys.UpTo(Keys.At(clock.Now() - BetweenLooks) + "|~"), Batch, cancel: cancel))
            {
                if (!await Look(_tracker, report, tenure))
                {
                    break; // it is away: none of the others can be seen either
                }
            }
        }

        var next = await store.List(BugReport.Writing, Keys.All, 1, cancel: cancel);
        return next is [{ Effects: [var first, ..] }] ? first.NextAt : null;
    }

    private async Task Write(BugReport report, Tenure tenure)
    {
        var cancel = tenure.Ended;
        var now = clock.Now();
        if (report.Effects is not [var effect, ..] || effect.NextAt > now
            || await decider.Change<BugReport>(report.Id, current => current.Begin(effect, now), Markup.Empty, cancel) is not Decision<BugReport>.Changed begun)
        {
            return;
        }

        var wanted = begun.Next.Effects[0];
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
            (outcome, result) = (final ? (current, at) => current.GaveUp(fault.Message, at) : (current, at) => current.Failed(fault.Message, retryAfter, at), final ? "refused" : "later");
            LogNotWritten(report.Id, wanted.Kind, result, fault.Message);
        }

        // Only we touch the first effect; what others changed meanwhile stays.
        await decider.Change<BugReport>(
            report.Id, current => current.Effects is [var first, ..] && first.Is(wanted) ? outcome(current, clock.Now()) : new Decision<BugReport>.Kept(), Markup.Empty, cancel);
        Telemetry.ReportWrites.Add(1, new KeyValuePair<string, object?>("kind", wanted.Kind.ToString()), new("result", result));
    }

    private async Task<Func<BugReport, Instant, Decision<BugReport>>> Do(BugReport report, ReportEffect effect, CancellationToken cancel)
    {
        if (effect.Kind is EffectKind.CreateIssue or EffectKind.LinkIssue)
        {
            var issue = effect.Kind == EffectKind.CreateIssue ? await Create(effect.Draft!, cancel) : await Find(effect, cancel);
            var tellInbox = inboxes.Any(each => each.Source == report.Source);
            return (current, now) => current.HasIssue(issue, tellInbox, now);
        }

        var inbox = inboxes.FirstOrDefault(each => each.Source == report.Source)
            ?? throw new ReportInboxException($"I have no access to {report.SourceTitle}'s inbox.", null, isFinal: true, null);
        if (effect.Tries == 1 || !await IsDone(inbox, report, effect, cancel))
        {
            await Send(inbox, report, effect, cancel);
        }

        return (current, now) => current.Wrote(now);
    }

    private static Task Send(IReportInbox inbox, BugReport report, ReportEffect effect, CancellationToken cancel) => effect.Kind switch
    {
        EffectKind.ChangeState => inbox.ChangeState(report.ExternalId, effect.State!.Value, effect.Text ?? "", cancel),
        EffectKind.WriteReference => inbox.WriteReference(report.ExternalId, effect.Text ?? "", cancel),
        _ => inbox.Comment(report.ExternalId, effect.Text ?? "", effect.Internal, cancel),
    };

    private static async Task<bool> IsDone(IReportInbox inbox, BugReport report, ReportEffect effect, CancellationToken cancel) =>
        await inbox.Look(report.ExternalId, cancel) is { } there && effect.Kind switch
        {
            EffectKind.ChangeState => there.State == effect.State,
            EffectKind.WriteReference => there.IssueReference == effect.Text,
            _ => there.Comments.Any(comment => comment.Comment?.Trim() == effect.Text?.Trim() && comment.Internal == effect.Internal && !(comment.At + ClocksDiffer < effect.At)),
        };

    private async Task<IssueState> Create(IssueDraft draft, CancellationToken cancel) => _tracker is null
        ? throw new IssueTrackerException("No issue tracker is set up.", null, isFinal: true, null)
        : await _tracker.Find(draft.Repository, draft.Marker, cancel) ?? await _tracker.Create(draft, cancel);

    private async Task<IssueState> Find(ReportEffect effect, CancellationToken cancel) => _tracker is null
        ? new IssueState(effect.Link!, new Uri(effect.Text!), "", Closed: false, [], [])
        : await _tracker.Read(effect.Link!, cancel) ?? throw new IssueTrackerException($"There is no issue {effect.Link!.Repository}#{effect.Link.Number}.", null, isFinal: true, null);

    private async Task<bool> Look(IIssueTracker tracker, BugReport report, Tenure tenure)
    {
        try
        {
            tenure.ThrowIfOver();
            var issue = await tracker.Read(report.Issue!.Reference, tenure.Ended);
            await decider.Change<BugReport>(report.Id, current => current.Looked(issue, "GitHub", clock.Now()), Markup.Empty, tenure.Ended);
            return true;
        }
        catch (IssueTrackerException fault)
        {
            LogNotSeen(report.Id, fault.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Report}: {Kind}, {Result}: {Why}")]
    private partial void LogNotWritten(string report, EffectKind kind, string result, string why);

    [LoggerMessage(LogLevel.Warning, "{Report}: its issue could not be looked at: {Why}")]
    private partial void LogNotSeen(string report, string why);
}
