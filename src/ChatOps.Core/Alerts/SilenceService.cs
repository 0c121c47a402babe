using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>Loads, decides and stores what is about a group: its silence together with its alert.</summary>
internal sealed partial class SilenceService(IStore store, Decider decider, EscalationPlans plans, TimeProvider clock, ILogger<SilenceService> log)
{
    // Each lost race means that another commit went through.
    private const int Attempts = 50;

    public Task<Decision<Alert>> Silence(string id, Quiet asked, bool named, Actor by, CancellationToken cancel) => Change(
        id, by, "silenced", (alert, _, silence, _, now) => alert.Silence(silence, asked, named, by, now), cancel);

    public Task<Decision<Alert>> Lift(string id, Actor by, CancellationToken cancel) => Change(
        id, by, "lifted the silence of", (alert, open, silence, plan, now) => (open ?? alert).Lift(silence, plan, by, now), cancel);

    private async Task<Decision<Alert>> Change(
        string id, Actor by, string what, Func<Alert, Alert?, Silence?, EscalationPlan, Instant, Decision<Alert>> decide, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await store.Find<Alert>(id, cancel) is not { } alert)
            {
                return AlertDecisions.Refuse(AlertDecisions.Missing(id));
            }

            // The silence before the open alert: one that opens in between writes to the silence, and then this commit is refused.
            var silence = await store.Find<Silence>(alert.Key, cancel);
            var open = await store.List(Alert.Open, Keys.Exactly(alert.Key), 1, cancel: cancel) is [var found] ? found : null;
            var decision = decide(alert, open, silence, await plans.Now(cancel), clock.Now());
            if (decision is not Decision<Alert>.Changed changed)
            {
                return decision;
            }

            if (await decider.Store([changed.Next, .. changed.Beside], cancel))
            {
                LogChanged(changed.Next.Id, by.Person, what, by.Via);
                return changed;
            }
        }

        throw new StoreException($"The group of {id} changed {Attempts} times while one decision about it was being stored.");
    }

    [LoggerMessage(LogLevel.Information, "{Alert}: {Person} {What} its group by {Via}")]
    private partial void LogChanged(string alert, string person, string what, string via);
}
