using System.Text.Json.Serialization;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>People taking turns on call. It holds its whole past and its plan; who is on call when is <see cref="OncallResolver"/>'s to say.</summary>
/// <param name="Id">The name in lower case.</param>
/// <param name="Name">As it was first written.</param>
/// <param name="Layers">At least one, from the lowest priority to the highest: the highest that has somebody wins, lower ones fill the rest. Chat changes the lowest.</param>
public sealed partial record Rotation(string Id, string Name, IReadOnlyList<Layer> Layers) : Document(Id), IStored<Rotation>
{
    public static Collection<Rotation> Collection { get; } = new("rotations");

    /// <summary>The zone that the rotation's times are said in: the one of its newest plan.</summary>
    [JsonIgnore]
    public DateTimeZone Zone => OncallResolver.ZoneOf(this);

    /// <summary>The id of a name that somebody wrote.</summary>
    public static string IdOf(string name) => name.Trim().ToLowerInvariant();

    /// <summary>A weekly rotation with nobody in it yet. Refuses a name that could not be written in a command or a policy, and an unknown zone.</summary>
    /// <param name="name">Letters, digits, dots, dashes and underscores, at most 40.</param>
    /// <param name="zone">IANA id, in any letter case.</param>
    /// <param name="day">The handoff's day of the week.</param>
    /// <param name="time">The handoff's time on the clock there.</param>
    /// <param name="now">From now on it is valid.</param>
    public static RotationChange Create(string name, string zone, IsoDayOfWeek day, LocalTime time, Instant now)
    {
        name = name.Trim();
        // Policies say oncall:<rotation>, commands take the name as one word.
        if (name.Length is 0 or > 40 || !name.All(sign => char.IsLetterOrDigit(sign) || sign is '-' or '_' or '.'))
            return new RotationChange.Refused("A rotation's name is one word of at most 40 letters, digits, dots, dashes and underscores, such as core.");
        if (WallClock.FindZone(zone) is not { } known)
            return new RotationChange.Refused(WallClock.UnknownZone(zone));

        var anchor = WallClock.LastAtOrBefore(now, day, time, known);
        var rotation = new Rotation(IdOf(name), name, [new Layer("primary", [new Revision(now, known.Id, anchor, Every.Week, [], 0)])]);
        return new RotationChange.Changed(
            rotation, $"{name} hands off every {day} at {Clock(time)} {known.Id}. Nobody is in it yet: the first who joins is on call at once.", now);
    }

    private static string Clock(LocalTime time) => time.ToString("HH:mm", null);
}
