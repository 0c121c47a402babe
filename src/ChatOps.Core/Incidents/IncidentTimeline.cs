using ChatOps.Core.History;
using ChatOps.Core.Storage;

namespace ChatOps.Core.Incidents;

/// <summary>Everything that happened with an incident: its own entries and those of its alerts, in order of time.</summary>
internal sealed class IncidentTimeline(IStore store)
{
    public async Task<IReadOnlyList<HistoryEntry>> Of(Incident incident, CancellationToken cancel)
    {
        var entries = new List<HistoryEntry>();
        foreach (var subject in incident.Alerts.Prepend(incident.Id))
        {
            entries.AddRange(await store.List(Index<HistoryEntry>.Id, HistoryEntry.Of(subject), cancel: cancel));
        }

        return [.. entries.OrderBy(entry => entry.At).ThenBy(entry => entry.Id, StringComparer.Ordinal)];
    }
}
