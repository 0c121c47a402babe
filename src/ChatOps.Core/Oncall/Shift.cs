using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>Somebody's time on call.</summary>
/// <param name="Start">Included.</param>
/// <param name="End">Excluded; null when it never ends (the calendar does first).</param>
/// <param name="People">Ids, never empty.</param>
/// <param name="Layer">The layer that they are on call in.</param>
public sealed record Shift(Instant Start, Instant? End, IReadOnlyList<string> People, string Layer);

/// <summary>Who is on call at an instant.</summary>
/// <param name="At">The instant that was asked for.</param>
/// <param name="Shift">The shift it lies in, uncut; null when nobody is on call.</param>
/// <param name="Next">The shift that begins after this one, perhaps the same people's; null when nobody follows for good.</param>
/// <param name="NextOther">The first later shift with other people: who to hand over to; null when there is none.</param>
public sealed record OnCall(Instant At, Shift? Shift, Shift? Next, Shift? NextOther)
{
    /// <summary>Ids; empty when nobody is on call.</summary>
    public IReadOnlyList<string> People => Shift?.People ?? [];
}
