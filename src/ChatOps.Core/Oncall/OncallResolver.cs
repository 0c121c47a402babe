using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>
/// Who is on call, for everybody who asks: chat, paging, group, topic, digest, pay. The only code that reads revisions and turns, so that no two answers differ.
/// Asking costs the same on a young rotation as on an old one. Faults, not refusals: a zone that NodaTime does not know.
/// </summary>
public static partial class OncallResolver
{
    /// <summary>Who is on call at an instant. Exactly at a handoff it is the one who starts.</summary>
    public static OnCall At(Rotation rotation, Instant at)
    {
        var span = SpanAt(rotation, at);
        var next = Following(rotation, span);
        if (next is { Nobody: true } gap)
            next = Following(rotation, gap);
        return new OnCall(at, span.ToShift(), next?.ToShift(), FirstOther(rotation, span, next));
    }

    /// <summary>The shifts of a span, in order and cut to it. Where nobody is on call there is none.</summary>
    /// <param name="rotation">Whose.</param>
    /// <param name="from">Included.</param>
    /// <param name="to">Excluded.</param>
    /// <returns>Worked out as it is read: a span may be long.</returns>
    public static IEnumerable<Shift> Shifts(Rotation rotation, Instant from, Instant to)
    {
        while (from < to)
        {
            var span = SpanAt(rotation, from);
            var end = Instant.Min(span.End, to);
            if (!span.Nobody)
                yield return new Shift(from, end, span.People, span.Layer);
            from = end;
        }
    }

    /// <summary>The first instant after <paramref name="after"/> at which a shift begins or ends, even if the same person goes on; null when there is none.</summary>
    public static Instant? NextHandoff(Rotation rotation, Instant after)
    {
        var end = SpanAt(rotation, after).End;
        return end == Instant.MaxValue ? null : end;
    }

    /// <summary>A person's shifts from an instant on, uncut: the one in progress first, if there is one.</summary>
    public static IReadOnlyList<Shift> Upcoming(Rotation rotation, string person, Instant from, int count)
    {
        var found = new List<Shift>();
        while (found.Count < count && from < Instant.MaxValue)
        {
            var span = SpanAt(rotation, from);
            if (span.ToShift() is { } shift && span.People.Contains(person))
                found.Add(shift);
            // Whoever is not in the line at all is not looked for turn by turn.
            from = span.Cycle.Contains(person) ? span.End : span.CycleEnd;
        }

        return found;
    }

    /// <summary>Everybody who takes turns in any layer, now or in a plan that is already made: those first who are on call.</summary>
    public static IReadOnlyList<string> Members(Rotation rotation, Instant at) =>
    [
        .. At(rotation, at).People
            .Concat(rotation.Layers.SelectMany(layer => AheadOf(layer, at) is var ahead ? ahead.Holder.Concat(ahead.Plans.SelectMany(plan => plan.Line)) : []))
            .Distinct(),
    ];

    private static Shift? FirstOther(Rotation rotation, Span now, Span? next)
    {
        while (next is { } span && (span.Nobody || span.People.SequenceEqual(now.People)))
        {
            // Alone in the line: nobody else comes before the line changes, so no need to walk there turn by turn.
            var alone = span.Cycle.All(each => each == span.Cycle[0]);
            next = Following(rotation, alone ? span with { End = span.CycleEnd } : span);
        }

        return next?.ToShift();
    }

    private static Span? Following(Rotation rotation, Span span) => span.End == Instant.MaxValue ? null : SpanAt(rotation, span.End);
}
