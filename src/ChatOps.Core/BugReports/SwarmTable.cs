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

    /// <summary>What says that the asset belongs to that swarm from now on, to be stored.</summary>
    public async ValueTask<SwarmCorrection> Correction(string asset, Swarm swarm, Actor by, CancellationToken cancel) =>
        new(SwarmCorrection.IdOf(asset), swarm.Name, by.Person) { Version = (await store.Find<SwarmCorrection>(SwarmCorrection.IdOf(asset), cancel))?.Version ?? 0 };

    public ValueTask<IReadOnlyList<SwarmCorrection>> Corrections(CancellationToken cancel) => store.List(Index<SwarmCorrection>.Id, Keys.All, cancel: cancel);
}
