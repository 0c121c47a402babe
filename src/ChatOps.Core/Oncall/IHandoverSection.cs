using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>
/// Something that those who take over need to know: each feature adds its own. It is asked once a handoff, and what it says is stored with the handover; a fault
/// of one leaves the others standing.
/// </summary>
public interface IHandoverSection
{
    /// <summary>Where it stands: 10 open alerts, 20 open incidents, 30 post-mortems that are due, 40 the week's numbers.</summary>
    int Order { get; }

    /// <summary>What there is to say, or null. The parts of one handover share a card: at most a dozen lines.</summary>
    Task<HandoverPart?> Gather(HandoverMoment moment, CancellationToken cancel);
}

/// <param name="Rotation">Whose handoff: the id, as routes name it.</param>
/// <param name="At">The handoff. Facts that have a time are told up to it.</param>
/// <param name="Zone">In which times are said and nights counted.</param>
public sealed record HandoverMoment(string Rotation, Instant At, DateTimeZone Zone);
