using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>Writes into a platform's inbox what is not there yet.</summary>
internal static class InboxWriting
{
    // Clocks differ between us and a platform; a comment with the same words is ours if it is not clearly older than our wish.
    private static readonly Duration ClocksDiffer = Duration.FromMinutes(5);

    /// <returns>The platform's own time of a change of state, or null.</returns>
    /// <exception cref="ReportInboxException">It is not written.</exception>
    public static async Task<Instant?> Write(IReportInbox inbox, BugReport report, ReportEffect effect, CancellationToken cancel)
    {
        if (effect.Kind == EffectKind.ChangeState)
        {
            return await ChangeState(inbox, report, effect, cancel);
        }

        if (effect.Tries == 1 || !await IsDone(inbox, report, effect, cancel))
        {
            await Send(inbox, report, effect, cancel);
        }

        return null;
    }

    /// <summary>It may be long since somebody wanted it, and the report may be elsewhere by now: so it is looked at first, at the first try too.</summary>
    private static async Task<Instant?> ChangeState(IReportInbox inbox, BugReport report, ReportEffect effect, CancellationToken cancel)
    {
        var there = await inbox.Look(report.ExternalId, cancel)
            ?? throw new ReportInboxException($"{report.SourceTitle} does not know the report, or the token may not read it.", null, isFinal: true, null);
        if (there.Activities.Any(activity => activity.Message?.Trim() == effect.Text?.Trim() && !(activity.At + ClocksDiffer < effect.At)))
        {
            return there.UpdatedAt;
        }

        return there.State.IsClosed() ? throw new ReportInboxException($"it is closed in {report.SourceTitle} by now: {there.State.Say()}.", null, isFinal: true, null)
            : there.State == effect.State ? throw new ReportInboxException($"it is \"{there.State.Say()}\" in {report.SourceTitle} already, by somebody else.", null, isFinal: true, null)
            : await inbox.ChangeState(report.ExternalId, effect.State!.Value, effect.Text ?? "", cancel);
    }

    private static Task Send(IReportInbox inbox, BugReport report, ReportEffect effect, CancellationToken cancel) => effect.Kind == EffectKind.WriteReference
        ? inbox.WriteReference(report.ExternalId, effect.Text ?? "", cancel)
        : inbox.Comment(report.ExternalId, effect.Text ?? "", effect.Internal, cancel);

    private static async Task<bool> IsDone(IReportInbox inbox, BugReport report, ReportEffect effect, CancellationToken cancel) =>
        await inbox.Look(report.ExternalId, cancel) is { } there && (effect.Kind == EffectKind.WriteReference
            ? there.IssueReference == effect.Text
            : there.Activities.Any(activity => activity.Comment?.Trim() == effect.Text?.Trim() && activity.Internal == effect.Internal && !(activity.At + ClocksDiffer < effect.At)));
}
