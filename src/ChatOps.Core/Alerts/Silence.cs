using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>
/// That a group is quiet. It belongs to the group and not to one alert, so it outlives the alert that it was asked for on: what fires again before its end
/// opens an alert that is silenced until the same end. An open alert of the group carries a copy, which is what its card shows.
/// </summary>
/// <param name="Id">The group: the key of its alerts.</param>
/// <param name="Alert">The latest alert that was silenced by it.</param>
/// <param name="Quiet">Who, until when, why.</param>
public sealed record Silence(string Id, string Alert, Quiet Quiet) : Document(Id), IStored<Silence>
{
    public static Collection<Silence> Collection { get; } = new("silences");

    /// <summary>Who lifted it before its end.</summary>
    public Acknowledgement? Lifted { get; init; }

    internal bool Holds(Instant now) => Lifted is null && Quiet.Holds(now);
}
