using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>
/// What a layer's turns are from one instant on, until the next revision's <paramref name="From"/>. One that has come into force never changes, so neither history nor pay do.
/// Only <see cref="OncallResolver"/> reads it.
/// </summary>
/// <param name="From">Valid from here. Where it lies inside a turn, that turn is cut.</param>
/// <param name="Zone">IANA id: turns are counted on the clock on the wall there.</param>
/// <param name="Anchor">A handoff: turn 0 starts here, turn k is k times <paramref name="Every"/> later. Where it lies after <paramref name="From"/>,
/// turn 0 begins early, at From, and lasts to the end it would have had: nobody is given a scrap of a shift as their turn.</param>
/// <param name="Every">How long a turn lasts.</param>
/// <param name="Participants">People's ids in the order of their turns. Empty: nobody is on call.</param>
/// <param name="FirstTurn">The index among the participants of who has turn 0.</param>
public sealed record Revision(Instant From, string Zone, LocalDateTime Anchor, Every Every, IReadOnlyList<string> Participants, int FirstTurn)
{
    /// <summary>One that begins with its own start, as a rotation file says it: before it nobody, then the first participant's turn, whole.</summary>
    public static Revision StartingAt(LocalDateTime start, DateTimeZone zone, Every every, IReadOnlyList<string> participants) =>
        new(WallClock.ToInstant(start, zone), zone.Id, start, every, participants, 0);
}
