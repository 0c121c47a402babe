using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>
/// One firing of one fingerprint. At most one is open for each source and fingerprint, whatever its start time says: sources repeat themselves, and some
/// move the start. It belongs to the alert that people act on.
/// </summary>
/// <param name="Id">source | fingerprint | when it opened: the latest of a fingerprint is the last of its ids.</param>
/// <param name="Source">The source's name.</param>
/// <param name="Fingerprint">The source's name for the label set.</param>
/// <param name="Alert">The alert's id.</param>
/// <param name="Name">What tells it from others of its group: the instance, mostly.</param>
/// <param name="OpenedAt">When it was first heard of.</param>
public sealed record Episode(string Id, string Source, string Fingerprint, string Alert, string Name, Instant OpenedAt) : Document(Id), IStored<Episode>
{
    public static Index<Episode> Open { get; } = new("open", episode => episode.IsOpen ? $"{episode.Source}|{episode.Fingerprint}" : null, unique: true);

    /// <summary>An alert's episodes: see <see cref="FiringOf"/> and <see cref="ClosedOf"/>.</summary>
    public static Index<Episode> OfAlert { get; } = new("alert", episode => $"{episode.Alert}|{(episode.IsOpen ? "firing" : "closed")}|{Keys.At(episode.OpenedAt)}|{episode.Name}");

    public static Collection<Episode> Collection { get; } = new("episodes", Open, OfAlert);

    /// <summary>When the source says that it began.</summary>
    public Instant? StartsAt { get; init; }

    public Severity Severity { get; init; }

    public string? Summary { get; init; }

    public string? Description { get; init; }

    public Instant? ClosedAt { get; init; }

    /// <summary>A person resolved the alert while the source still had this one firing.</summary>
    public bool ClosedByHand { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => ClosedAt is null;

    public static string IdOf(string source, string fingerprint, Instant openedAt) => $"{PrefixOf(source, fingerprint)}{Keys.At(openedAt)}";

    /// <summary>An alert's open episodes, the oldest first, those that came together by name.</summary>
    public static Keys FiringOf(string alert) => Keys.Prefix($"{alert}|firing|");

    /// <summary>An alert's episodes that are over.</summary>
    public static Keys ClosedOf(string alert) => Keys.Prefix($"{alert}|closed|");

    public static string PrefixOf(string source, string fingerprint) => $"{source}|{fingerprint}|";
}
