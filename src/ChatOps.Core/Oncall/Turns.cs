using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>The arithmetic of one revision's turns. For <see cref="OncallResolver"/> alone.</summary>
internal static class Turns
{
    // Around these NodaTime can still convert to any zone. Nobody asks further out but a fuzzer.
    private static readonly Instant First = Instant.FromUtc(1, 1, 1, 0, 0);
    private static readonly Instant Last = Instant.FromUtc(Every.LastYear, 1, 1, 0, 0);

    /// <summary>
    /// The turn that an instant lies in; one exactly at a handoff lies in the turn that starts. Turn 0 is open to the past (see <see cref="Revision"/>).
    /// The estimate is off by one at most, and by the hours of a zone change where turns are hours: 24 at the date line. The rotation's age costs nothing.
    /// </summary>
    public static long IndexAt(Revision revision, Instant at)
    {
        at = Instant.Max(First, Instant.Min(Last, at));
        var zone = DateTimeZoneProviders.Tzdb[revision.Zone];
        var turn = revision.Every.Estimate(at.InZone(zone).LocalDateTime, revision.Anchor);
        while (turn > 0 && StartOf(revision, turn, zone) > at)
        {
            turn--;
        }

        while (StartOf(revision, turn + 1, zone) <= at)
        {
            turn++;
        }

        return turn;
    }

    /// <summary>From when to when a turn would last if the revision were valid for ever. It may be empty: an hour that the clocks jump over.</summary>
    public static (Instant Start, Instant End) Of(Revision revision, long turn)
    {
        var zone = DateTimeZoneProviders.Tzdb[revision.Zone];
        return (turn == 0 ? Instant.MinValue : StartOf(revision, turn, zone), StartOf(revision, turn + 1, zone));
    }

    /// <summary>The participants in the order of their turns, beginning with who has this one.</summary>
    public static IReadOnlyList<string> LineFrom(Revision revision, long turn)
    {
        var people = revision.Participants;
        var first = people.Count == 0 ? 0 : IndexOf(revision, turn);
        return [.. people.Skip(first), .. people.Take(first)];
    }

    /// <summary>Who has a turn. A layer with several people at a time will take that many from here on.</summary>
    public static IReadOnlyList<string> Holders(Revision revision, long turn) => [revision.Participants[IndexOf(revision, turn)]];

    private static int IndexOf(Revision revision, long turn)
    {
        var count = revision.Participants.Count;
        return (int)((((revision.FirstTurn + turn) % count) + count) % count);
    }

    private static Instant StartOf(Revision revision, long turn, DateTimeZone zone) =>
        revision.Every.StartOf(turn, revision.Anchor) is { } local ? WallClock.ToInstant(local, zone) : Instant.MaxValue;
}
