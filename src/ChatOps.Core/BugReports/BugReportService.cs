using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.Oncall;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>Loads, decides and stores what people do with reports, and what their clocks do.</summary>
internal sealed partial class BugReportService(
    IStore store, Decider decider, AlertIntake alerts, OncallService oncall, SwarmTable swarms, BugReportSettings settings, IEnumerable<IReportInbox> inboxes, TimeProvider clock, ILogger<BugReportService> log) : IDueWork
{
    private const int Batch = 100;
    private const int Attempts = 50;

    /// <summary>Beside the decision says who had it before; null: nobody.</summary>
    public async Task<(Decision<BugReport> Decision, string? From)> Take(string id, Actor by, CancellationToken cancel)
    {
        string? from = null;
        var decision = await Change(
            id,
            by,
            "took",
            (report, now) =>
            {
                from = report.Taken?.By;
                return report.Take(HasInbox(report), by, now);
            },
            cancel);
        return (decision, from);
    }

    public Task<Decision<BugReport>> WantIssue(string id, Func<BugReport, ReportEffect> effect, string? swarm, Actor by, CancellationToken cancel) =>
        Change(id, by, "wants an issue for", (report, now) => report.WantIssue(effect(report) with { By = by.Person, At = now, NextAt = now }, swarm, by, now), cancel);

    public Task<Decision<BugReport>> Comment(string id, string text, bool isInternal, Actor by, CancellationToken cancel) =>
        Change(id, by, "commented", (report, now) => report.Comment(text, isInternal, by, now), cancel);

    public Task<Decision<BugReport>> AskForMore(string id, string text, Actor by, CancellationToken cancel) =>
        Change(id, by, "asked for more about", (report, now) => report.AskForMore(text, by, now), cancel);

    public Task<Decision<BugReport>> Done(string id, string reason, Actor by, CancellationToken cancel) =>
        Change(id, by, "is done with", (report, now) => report.Done(reason, HasInbox(report), by, now), cancel);

    /// <summary>The report is that swarm's, and so is its asset from now on: both or neither.</summary>
    public async Task<Decision<BugReport>> Give(string id, Swarm swarm, Actor by, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await Find(id, cancel) is not { } report)
            {
                return new Decision<BugReport>.Refused(ReportDecisions.Missing(id));
            }

            var decision = report.Give(swarm.Name, by, clock.Now());
            if (decision is not Decision<BugReport>.Changed changed
                || await decider.Store([changed.Next, .. changed.Beside, .. report.Facts.Asset is { } asset ? new[] { await swarms.Correction(asset, swarm, by, cancel) } : []], cancel))
            {
                return decision;
            }
        }

        throw new StoreException($"{id} changed {Attempts} times while it was being given to {swarm.Name}.");
    }

    public bool HasInbox(BugReport report) => inboxes.Any(inbox => inbox.Source == report.Source);

    public ValueTask<BugReport?> Find(string id, CancellationToken cancel) => store.Find<BugReport>(id, cancel);

    /// <summary>Those whose clock runs, the most urgent first.</summary>
    public ValueTask<IReadOnlyList<BugReport>> Waiting(int limit, CancellationToken cancel) => store.List(BugReport.Waiting, Keys.All, limit, cancel: cancel);

    public ValueTask<IReadOnlyList<BugReport>> Open(int limit, CancellationToken cancel) => store.List(BugReport.Open, Keys.All, limit, cancel: cancel);

    /// <summary>Open and past ones, the newest first.</summary>
    public ValueTask<IReadOnlyList<BugReport>> Newest(int limit, CancellationToken cancel) => store.List(BugReport.Heard, Keys.All, limit, descending: true, cancel);

    public async Task<Instant?> RunDue(CancellationToken cancel)
    {
        var book = await oncall.Book(cancel);
        foreach (var due in await store.List(BugReport.Due, Keys.UpTo(Keys.At(clock.Now()) + "|~"), Batch, cancel: cancel))
        {
            await Guarded(due.Id, () => decider.Change<BugReport>(due.Id, report => report.RunDue(book.OnCall(settings.Rotation, clock.Now()), clock.Now()), Markup.Empty, cancel), cancel);
        }

        foreach (var unsettled in await store.List(BugReport.Unsettled, Keys.All, Batch, cancel: cancel))
        {
            await Guarded(unsettled.Id, () => Settle(unsettled, cancel), cancel);
        }

        foreach (var old in await store.List(ReportDelivery.Old, Keys.UpTo(Keys.At(clock.Now() - ReportDelivery.Kept)), Batch, cancel: cancel))
        {
            await store.Commit(new Commit().Delete(old), cancel);
        }

        // What failed is past by now: the sweep comes back to it.
        return (await store.List(BugReport.Due, Keys.All, Batch, cancel: cancel)).FirstOrDefault(report => report.DueAt > clock.Now())?.DueAt;
    }

    private async Task<Decision<BugReport>> Change(string id, Actor by, string what, Func<BugReport, Instant, Decision<BugReport>> decide, CancellationToken cancel)
    {
        var decision = await decider.Change<BugReport>(id, report => decide(report, clock.Now()), ReportDecisions.Missing(id), cancel);
        if (decision is Decision<BugReport>.Changed changed)
        {
            LogChanged(id, by.Person, what, by.Via);
            await Guarded(id, () => Settle(changed.Next, cancel), cancel);
        }

        return decision;
    }

    /// <summary>Brings the alert in line with the report. Saying the same again changes nothing, so dying in between does no harm.</summary>
    private async Task Settle(BugReport report, CancellationToken cancel)
    {
        if (report.IsAlarming == report.AlarmTold)
        {
            return;
        }

        await alerts.Receive([OverdueSignal.Of(report)], cancel);
        await decider.Change<BugReport>(
            report.Id,
            current => current.IsAlarming == report.IsAlarming && current.AlarmTold != report.IsAlarming ? new Decision<BugReport>.Changed(current with { AlarmTold = report.IsAlarming }) : new Decision<BugReport>.Kept(),
            Markup.Empty,
            cancel);
    }

    private async Task Guarded(string id, Func<Task> work, CancellationToken cancel)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogDueFailed(fault, id);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Report}: {Person} {What} it by {Via}")]
    private partial void LogChanged(string report, string person, string what, string via);

    [LoggerMessage(LogLevel.Error, "{Report}: its clock could not be run; it is tried again")]
    private partial void LogDueFailed(Exception fault, string report);
}
