using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.Oncall;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Incidents;

/// <summary>Loads, decides and stores what people do with incidents.</summary>
internal sealed partial class IncidentService(IStore store, Decider decider, OncallService oncall, AlertSettings settings, TimeProvider clock, ILogger<IncidentService> log)
{
    private const int Attempts = 20;

    /// <summary>Declares an incident, from an alert or from nothing.</summary>
    public async Task<Decision<Incident>> Declare(string title, IncidentSeverity severity, string? known, string? alertId, Actor by, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var alert = alertId is null ? null : await store.Find<Alert>(alertId, cancel);
            if (alertId is not null && alert is null)
            {
                return new Decision<Incident>.Refused(Markup.Of($"There is no alert {alertId}."));
            }

            if (alert?.Incident is { } other)
            {
                return new Decision<Incident>.Refused(Markup.Of($"{alertId} belongs to {other} already: `/incident show {other}`."));
            }

            if (alert is { Condensed: not null })
            {
                return new Decision<Incident>.Refused(IncidentDecisions.TooOld(alert));
            }

            var route = alert?.Route ?? settings.Otherwise;
            var zone = (await oncall.Book(cancel)).Zone(route.Rotation);
            var now = clock.Now();
            var id = $"{Incident.Series}-{await store.NextNumber(Incident.Series, cancel)}";
            var incident = new Incident(id, title, severity, now, by.Person) { Known = known, Channel = route.Channel, Zone = zone, ChangedAt = now };
            var decision = IncidentDecisions.Declare(incident, alert, by, now);
            if (await decider.Store([decision.Next, .. decision.Beside], cancel))
            {
                LogChanged(id, by.Person, "declared", by.Via);
                return decision;
            }
        }

        throw new StoreException($"{alertId} changed {Attempts} times while an incident was declared from it.");
    }

    public async Task<Decision<Incident>> Link(string id, string alertId, Actor by, CancellationToken cancel) =>
        await store.Find<Alert>(alertId, cancel) is { } alert
            ? await Change(id, by, "linked", (incident, now) => incident.Link(alert, by, now), cancel)
            : new Decision<Incident>.Refused(Markup.Of($"There is no alert {alertId}."));

    public Task<Decision<Incident>> Note(string id, string text, Actor by, CancellationToken cancel) => Change(id, by, "noted", (incident, now) => incident.Note(by, text, now), cancel);

    public Task<Decision<Incident>> Rate(string id, IncidentSeverity severity, Actor by, CancellationToken cancel) => Change(id, by, "rated", (incident, now) => incident.Rate(severity, by, now), cancel);

    public Task<Decision<Incident>> Mitigate(string id, Actor by, CancellationToken cancel) => Change(id, by, "mitigated", (incident, now) => incident.Mitigate(by, now), cancel);

    public Task<Decision<Incident>> Resolve(string id, Actor by, CancellationToken cancel) => Change(id, by, "resolved", (incident, now) => incident.Resolve(by, now), cancel);

    public Task<Decision<Incident>> Reopen(string id, Actor by, CancellationToken cancel) => Change(id, by, "reopened", (incident, now) => incident.Reopen(by, now), cancel);

    public ValueTask<Incident?> Find(string id, CancellationToken cancel) => store.Find<Incident>(id, cancel);

    public ValueTask<IReadOnlyList<Incident>> Open(int limit, CancellationToken cancel) => store.List(Incident.Open, Keys.All, limit, cancel: cancel);

    /// <summary>Open and past ones, the newest first.</summary>
    public ValueTask<IReadOnlyList<Incident>> Newest(int limit, CancellationToken cancel) => store.List(Incident.Started, Keys.All, limit, descending: true, cancel);

    /// <summary>Mitigated ones whose post-mortem is not published, the most urgent first.</summary>
    public ValueTask<IReadOnlyList<Incident>> OwingPostmortem(int limit, CancellationToken cancel) => store.List(Incident.Owing, Keys.All, limit, cancel: cancel);

    private async Task<Decision<Incident>> Change(string id, Actor by, string what, Func<Incident, Instant, Decision<Incident>> decide, CancellationToken cancel)
    {
        var decision = await decider.Change<Incident>(id, incident => decide(incident, clock.Now()), Markup.Of($"There is no incident {id}. `/incident list --all` shows those there are."), cancel);
        if (decision is Decision<Incident>.Changed)
        {
            LogChanged(id, by.Person, what, by.Via);
        }

        return decision;
    }

    [LoggerMessage(LogLevel.Information, "{Incident}: {Person} {What} it by {Via}")]
    private partial void LogChanged(string incident, string person, string what, string via);
}
