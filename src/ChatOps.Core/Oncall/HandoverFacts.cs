using ChatOps.Core.Chat;
using ChatOps.Core.Storage;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Oncall;

/// <summary>Gathers what a handover says.</summary>
internal sealed partial class HandoverFacts(IEnumerable<IHandoverSection> sections, OncallSettings oncall, HandoverSettings settings, ILogger<HandoverFacts> log)
{
    private readonly IHandoverSection[] _sections = [.. sections.OrderBy(section => section.Order)];

    public async Task<Handover> Gather(Rotation rotation, Handoff handoff, Instant now, CancellationToken cancel)
    {
        var handover = new Handover(Handover.IdOf(rotation, handoff.At), rotation.Name, handoff.At, now)
        {
            Channel = oncall.Channel,
            Zone = rotation.Zone.Id,
            From = handoff.From,
            To = handoff.Shift?.People ?? [],
            Until = handoff.Shift?.End,
            Alone = OncallResolver.Members(rotation, handoff.At).Count == 1,
            ChangedAt = now,
            Parts = await Parts(new HandoverMoment(rotation.Id, Instant.Min(handoff.At, now), rotation.Zone), cancel),
        };
        return handover with { DueAt = HandoverDecisions.NextDue(handover, settings) };
    }

    private async Task<IReadOnlyList<HandoverPart>> Parts(HandoverMoment moment, CancellationToken cancel)
    {
        var parts = new List<HandoverPart>();
        foreach (var section in _sections)
        {
            try
            {
                if (await section.Gather(moment, cancel) is { } part)
                {
                    parts.Add(part);
                }
            }
            catch (Exception fault) when (fault is not StoreException && !cancel.IsCancellationRequested)
            {
                // Better a handover that lacks a part, and says so, than none.
                LogMissing(fault, section.GetType().Name, moment.Rotation);
                parts.Add(new HandoverPart("Something is missing here", Markup.Of($"It could not be gathered; the log says why.")));
            }
        }

        return parts;
    }

    [LoggerMessage(LogLevel.Error, "{Section} could not be gathered for the handover of {Rotation}")]
    private partial void LogMissing(Exception fault, string section, string rotation);
}
