using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Oncall;

/// <content>Handoffs that have come.</content>
public static partial class OncallResolver
{
    /// <summary>
    /// The last handoff at or before an instant: a shift ended, or one began that was planned. Null when there was none. That the first volunteer of an empty
    /// rotation is on call at once is none: nobody waited for that moment.
    /// </summary>
    public static Handoff? LastHandoff(Rotation rotation, Instant at)
    {
        var span = SpanAt(rotation, at);
        if (span.Start == Instant.MinValue)
            return null;
        var before = SpanAt(rotation, span.Start - Duration.Epsilon);
        return before.Nobody && (span.Nobody || !BeginsTurn(rotation, span)) ? null : new Handoff(span.Start, before.People, span.ToShift());
    }

    /// <summary>When a rotation that nobody ever joined would hand off for the first time if somebody had; null when somebody did, or will.</summary>
    public static Instant? FirstIdleHandoff(Rotation rotation, Instant at)
    {
        var span = SpanAt(rotation, at);
        if (!span.Nobody || span.Start != Instant.MinValue || span.End != Instant.MaxValue)
            return null;
        var revision = rotation.Layers[0].Revisions[^1];
        return Turns.Of(revision, Turns.IndexAt(revision, revision.From)).End;
    }

    private static bool BeginsTurn(Rotation rotation, Span span)
    {
        var revisions = rotation.Layers.First(layer => layer.Name == span.Layer).Revisions;
        var revision = revisions[InForce(revisions, span.Start)];
        var turn = Turns.IndexAt(revision, span.Start);
        // The first turn is open to the past; its own start is the anchor.
        return span.Start == (turn == 0 ? WallClock.ToInstant(revision.Anchor, DateTimeZoneProviders.Tzdb[revision.Zone]) : Turns.Of(revision, turn).Start);
    }
}

/// <summary>A moment at which the call went from some to others, or went on.</summary>
/// <param name="At">The instant.</param>
/// <param name="From">Who was on call until then; empty when nobody was.</param>
/// <param name="Shift">The shift that began; null when nobody is on call from then on.</param>
public sealed record Handoff(Instant At, IReadOnlyList<string> From, Shift? Shift);
