using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.History;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>Loads, decides and stores what people do with alerts, and what their timers do.</summary>
internal sealed partial class AlertService(IStore store, Decider decider, EscalationPlans plans, TimeProvider clock, ILogger<AlertService> log) : IDueWork
{
    private const int Batch = 100;

    // Who is on call is shown anew on this many open alerts; more than that nobody reads.
    private const int MostShown = 500;

    public Task<Decision<Alert>> Acknowledge(string id, Actor by, CancellationToken cancel) =>
        Change(id, by, "acknowledged", (alert, plan, now) => alert.Acknowledge(plan, by, now), cancel);

    public Task<Decision<Alert>> Escalate(string id, Actor by, CancellationToken cancel) =>
        Change(id, by, "escalated", (alert, plan, now) => alert.Escalate(plan, by, now), cancel);

    public Task<Decision<Alert>> Snooze(string id, Quiet asked, bool named, Actor by, CancellationToken cancel) =>
        Change(id, by, "snoozed", (alert, _, now) => alert.Snooze(asked, named, by, now), cancel);

    public Task<Decision<Alert>> Wake(string id, Actor by, CancellationToken cancel) =>
        Change(id, by, "woke", (alert, plan, now) => alert.Wake(plan, by, now), cancel);

    public Task<Decision<Alert>> Note(string id, Actor by, string text, CancellationToken cancel) =>
        Change(id, by, "noted", (alert, _, now) => alert.Note(by, text, now), cancel);

    public async Task<Decision<Alert>> Resolve(string id, Actor by, CancellationToken cancel)
    {
        // Episodes change only together with their alert: its version guards what was read here.
        IReadOnlyList<Episode> open = [];
        var seen = -1L;
        while (true)
        {
            var alert = await store.Find<Alert>(id, cancel);
            if (alert is not null && alert.Version != seen)
            {
                seen = alert.Version;
                open = await store.List(Episode.OfAlert, Episode.FiringOf(id), cancel: cancel);
            }

            var decision = await Change(id, by, "resolved", (current, _, now) => current.Version == seen ? current.Resolve(open, by, now) : new Decision<Alert>.Kept(), cancel);
            if (decision is not Decision<Alert>.Kept)
            {
                return decision;
            }
        }
    }

    public ValueTask<Alert?> Find(string id, CancellationToken cancel) => store.Find<Alert>(id, cancel);

    public ValueTask<IReadOnlyList<Alert>> Open(int limit, CancellationToken cancel) => store.List(Alert.OpenSince, Keys.All, limit, cancel: cancel);

    /// <summary>Open and past ones, the newest first.</summary>
    public ValueTask<IReadOnlyList<Alert>> Newest(int limit, CancellationToken cancel) => store.List(Alert.Opened, Keys.All, limit, descending: true, cancel);

    public ValueTask<long> CountOpen(CancellationToken cancel) => store.Count(Alert.OpenSince, Keys.All, cancel);

    /// <summary>What happened with a subject, an alert or what alerts are about, in order of time.</summary>
    public ValueTask<IReadOnlyList<HistoryEntry>> History(string id, CancellationToken cancel) => store.List(Index<HistoryEntry>.Id, HistoryEntry.Of(id), cancel: cancel);

    /// <summary>The alert about a document with a card of its own, T-5: the open one, else the newest; null where there was none.</summary>
    public async ValueTask<Alert?> About(string subject, CancellationToken cancel)
    {
        var all = await store.List(Alert.OfSubject, Alert.AboutKeys(subject), cancel: cancel);
        return all.LastOrDefault(alert => alert.IsOpen) ?? (all.Count > 0 ? all[^1] : null);
    }

    public async Task<Instant?> RunDue(CancellationToken cancel)
    {
        var plan = await plans.Now(cancel);
        foreach (var alert in await store.List(Alert.OpenSince, Keys.All, MostShown, cancel: cancel))
        {
            if (alert.OnCallNow(plan, clock.Now()) is Decision<Alert>.Changed)
            {
                await ShowOnCall(alert.Id, plan, cancel);
            }
        }

        var failed = new HashSet<string>();
        while (true)
        {
            var due = await store.List(Alert.Due, Keys.UpTo(Keys.At(clock.Now()) + "|~"), Batch + failed.Count, cancel: cancel);
            var todo = due.Where(alert => !failed.Contains(alert.Id)).ToList();
            if (todo.Count == 0)
            {
                // One that cannot be decided must not keep the others waiting; the sweep comes back to it.
                var next = await store.List(Alert.Due, Keys.All, failed.Count + 1, cancel: cancel);
                return next.FirstOrDefault(alert => !failed.Contains(alert.Id))?.DueAt;
            }

            foreach (var alert in todo)
            {
                await RunDue(alert.Id, plan, failed, cancel);
            }
        }
    }

    private async Task ShowOnCall(string id, EscalationPlan plan, CancellationToken cancel)
    {
        try
        {
            await decider.Change<Alert>(id, current => current.OnCallNow(plan, clock.Now()), Markup.Empty, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            // A card that names who was on call before must not keep those who are from being told.
            LogDueFailed(fault, id);
        }
    }

    private async Task RunDue(string id, EscalationPlan plan, HashSet<string> failed, CancellationToken cancel)
    {
        try
        {
            var decision = await decider.Change<Alert>(id, current => current.Due(plan, clock.Now()), Markup.Empty, cancel);
            if (decision is Decision<Alert>.Changed { Next: var next })
            {
                Telemetry.Escalations.Add(1, new KeyValuePair<string, object?>("policy", next.Route.Policy));
                LogTold(next.Id, next.Escalation.Round, next.Escalation.Next, string.Join(", ", next.Escalation.Told), next.Escalation.DueAt);
            }
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            failed.Add(id);
            LogDueFailed(fault, id);
        }
    }

    private async Task<Decision<Alert>> Change(string id, Actor by, string what, Func<Alert, EscalationPlan, Instant, Decision<Alert>> decide, CancellationToken cancel)
    {
        var plan = await plans.Now(cancel);
        var decision = await decider.Change<Alert>(id, alert => decide(alert, plan, clock.Now()), AlertDecisions.Missing(id), cancel);
        if (decision is Decision<Alert>.Changed)
        {
            LogChanged(id, by.Person, what, by.Via);
        }

        return decision;
    }

    [LoggerMessage(LogLevel.Information, "{Alert}: {Person} {What} it by {Via}")]
    private partial void LogChanged(string alert, string person, string what, string via);

    [LoggerMessage(LogLevel.Error, "{Alert}: its timer could not be run; it is tried again")]
    private partial void LogDueFailed(Exception fault, string alert);

    [LoggerMessage(LogLevel.Information, "{Alert}: timer ran, round {Round}, next step {Step}, told {Told}, due again {Due}")]
    private partial void LogTold(string alert, int round, int step, string told, Instant? due);
}
