using NodaTime;

namespace ChatOps.Core.Oncall;

/// <content>How layers lie on one another.</content>
public static partial class OncallResolver
{
    /// <summary>
    /// The stretch of unchanged answer around an instant. Overrides and absences will be asked before the first layer and end a span exactly as a higher layer does;
    /// everything else in the resolver is built on spans and need not know.
    /// </summary>
    private static Span SpanAt(Rotation rotation, Instant at)
    {
        var start = Instant.MinValue;
        var end = Instant.MaxValue;
        var cycleEnd = Instant.MaxValue;
        for (var i = rotation.Layers.Count - 1; i >= 0; i--)
        {
            var span = SpanOf(rotation.Layers[i], at);
            // Whoever is below shows only as long as nobody above has it.
            start = Instant.Max(start, span.Start);
            end = Instant.Min(end, span.End);
            cycleEnd = Instant.Min(cycleEnd, span.CycleEnd);
            if (!span.Nobody)
                return span with { Start = start, End = end, CycleEnd = cycleEnd };
        }

        return new Span([], "", start, end, [], cycleEnd);
    }

    /// <summary>The same for one layer: a turn, cut to the validity of its revision, or the time during which the layer has nobody. Windows will cut it here.</summary>
    private static Span SpanOf(Layer layer, Instant at)
    {
        var revisions = layer.Revisions;
        var index = InForce(revisions, at);
        if (index < 0 || revisions[index].Participants.Count == 0)
            return Empty(layer, index);

        var revision = revisions[index];
        var validTo = index + 1 < revisions.Count ? revisions[index + 1].From : Instant.MaxValue;
        var turn = Turns.IndexAt(revision, at);
        var (start, end) = Turns.Of(revision, turn);
        return new Span(
            Turns.Holders(revision, turn), layer.Name, Instant.Max(start, revision.From), Instant.Min(end, validTo), revision.Participants, validTo);
    }

    /// <summary>From the end of the last revision with somebody in it to the start of the next one.</summary>
    private static Span Empty(Layer layer, int index)
    {
        var revisions = layer.Revisions;
        var before = index;
        while (before >= 0 && !HasSomebody(revisions, before))
        {
            before--;
        }

        var after = index + 1;
        while (after < revisions.Count && !HasSomebody(revisions, after))
        {
            after++;
        }

        var start = before < 0 ? Instant.MinValue : revisions[before + 1].From;
        var end = after == revisions.Count ? Instant.MaxValue : revisions[after].From;
        return new Span([], layer.Name, start, end, [], end);
    }

    // One that its successor replaced at the very instant it began was never in force.
    private static bool HasSomebody(IReadOnlyList<Revision> revisions, int index) =>
        revisions[index].Participants.Count > 0 && (index + 1 == revisions.Count || revisions[index + 1].From > revisions[index].From);

    /// <summary>The index of the last revision that is valid from <paramref name="at"/> or before; -1 before the first.</summary>
    private static int InForce(IReadOnlyList<Revision> revisions, Instant at)
    {
        var (low, high) = (0, revisions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = revisions[middle].From <= at ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    /// <param name="People">On call; empty when nobody is.</param>
    /// <param name="Layer">Whose layer shows.</param>
    /// <param name="Start">Included; <see cref="Instant.MinValue"/> when it never began.</param>
    /// <param name="End">Excluded; <see cref="Instant.MaxValue"/> when it never ends.</param>
    /// <param name="Cycle">Everybody who can come up in turn before <paramref name="CycleEnd"/>.</param>
    /// <param name="CycleEnd">Until when nobody else can.</param>
    private readonly record struct Span(
        IReadOnlyList<string> People, string Layer, Instant Start, Instant End, IReadOnlyList<string> Cycle, Instant CycleEnd)
    {
        public bool Nobody => People is not { Count: > 0 };

        public Shift? ToShift() => Nobody ? null : new Shift(Start, End == Instant.MaxValue ? null : End, People, Layer);
    }
}
