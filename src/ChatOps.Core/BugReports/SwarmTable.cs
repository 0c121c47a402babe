using ChatOps.Core.People;
using ChatOps.Core.Storage;

namespace ChatOps.Core.BugReports;

/// <summary>Which swarm a report is for: chosen for it, corrected for its asset, or by the settings.</summary>
internal sealed class SwarmTable(IStore store, BugReportSettings settings)
{
    public IReadOnlyList<Swarm> All => settings.Swarms;

    public Swarm? Named(string? name) => settings.Swarms.FirstOrDefault(swarm => string.Equals(swarm.Name, name?.Trim(), StringComparison.OrdinalIgnoreCase));

    public async ValueTask<Swarm?> Of(BugReport report, CancellationToken cancel)
    {
        if (Named(report.Swarm) is { } chosen)
        {
            return chosen;
        }

        if (report.Facts.Asset is not { } asset)
        {
            return null;
        }

        return Named((await store.Find<SwarmCorrection>(SwarmCorrection.IdOf(asset), cancel))?.Swarm) ?? settings.Swarms.FirstOrDefault(swarm => swarm.LooksAfter(asset));
    }

    /// <summary>From now on the asset belongs to that swarm.</summary>
    public async Task Correct(string asset, Swarm swarm, Actor by, CancellationToken cancel)
    {
        while (true)
        {
            var known = await store.Find<SwarmCorrection>(SwarmCorrection.IdOf(asset), cancel);
            var next = new SwarmCorrection(SwarmCorrection.IdOf(asset), swarm.Name, by.Person) { Version = known?.Version ?? 0 };
            if (await store.Commit(new Commit().Put(next), cancel) == CommitOutcome.Stored)
            {
                return;
            }
        }
    }

    public ValueTask<IReadOnlyList<SwarmCorrection>> Corrections(CancellationToken cancel) => store.List(Index<SwarmCorrection>.Id, Keys.All, cancel: cancel);
}
