using NodaTime;

namespace ChatOps.Core.Oncall;

/// <content>What a change of the line starts from.</content>
public static partial class OncallResolver
{
    /// <summary>
    /// Where a layer's future begins: at the end of the shift in progress, whose holder keeps it. With nobody on call it begins at once, or with the first
    /// planned turn where one is planned, so that a rotation that starts late costs its first person nothing.
    /// </summary>
    internal static Ahead AheadOf(Layer layer, Instant now)
    {
        var revisions = layer.Revisions;
        var span = SpanOf(layer, now);
        // A late start holds even while nobody has joined: before it there is nobody.
        var idle = span.End != Instant.MaxValue ? span.End : Instant.Max(now, revisions[0].From);
        var start = span.Nobody || span.End == Instant.MaxValue ? idle : span.End;
        var first = PlanAt(revisions[InForce(revisions, start)], start);
        return new Ahead(
            span.People,
            [first, .. revisions.Where(revision => revision.From > start).Select(revision => PlanAt(revision, revision.From))]);
    }

    /// <summary>The zone of a rotation's newest plan, lowest layer.</summary>
    internal static DateTimeZone ZoneOf(Rotation rotation) => DateTimeZoneProviders.Tzdb[rotation.Layers[0].Revisions[^1].Zone];

    private static Plan PlanAt(Revision revision, Instant start)
    {
        var turn = Turns.IndexAt(revision, start);
        return new Plan(start, revision, turn, Turns.LineFrom(revision, turn));
    }

    /// <param name="Holder">Who is on call in this layer until the first plan begins; empty when nobody is.</param>
    /// <param name="Plans">The plan that follows, then those that were made for later.</param>
    internal sealed record Ahead(IReadOnlyList<string> Holder, IReadOnlyList<Plan> Plans);

    /// <param name="Start">From when.</param>
    /// <param name="Revision">Its rhythm.</param>
    /// <param name="Turn">The turn that begins, or goes on, at the start.</param>
    /// <param name="Line">Who has this turn, who has the one after it, and so on.</param>
    internal sealed record Plan(Instant Start, Revision Revision, long Turn, IReadOnlyList<string> Line)
    {
        public Every Every => Revision.Every;

        public bool HandsOff(IsoDayOfWeek day, LocalTime time, DateTimeZone zone) =>
            Revision.Zone == zone.Id && Revision.Anchor.DayOfWeek == day && Revision.Anchor.TimeOfDay == time;

        /// <summary>The same line on another clock, its first turn ending at <paramref name="end"/>, whenever it began.</summary>
        public Revision EndingAt(LocalDateTime end, DateTimeZone zone) =>
            new(Start, zone.Id, end.PlusWeeks(-Every.Count), Every, Line, 0);

        /// <summary>The same rhythm with other people. The anchor stays, because months are clamped from its day.</summary>
        public Revision With(IReadOnlyList<string> line)
        {
            var first = line.Count == 0 ? 0 : (int)((line.Count - (Turn % line.Count)) % line.Count);
            return Revision with { From = Start, Participants = line, FirstTurn = first };
        }
    }
}
