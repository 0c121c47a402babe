using ChatOps.Core.Chat;
using ChatOps.Core.Oncall;

namespace ChatOps.Core.Incidents;

/// <summary>Open incidents, for whoever takes over.</summary>
internal sealed class IncidentHandover(IncidentService incidents) : IHandoverSection
{
    private const int Most = 10;

    public int Order => 20;

    public async Task<HandoverPart?> Gather(HandoverMoment moment, CancellationToken cancel) =>
        await incidents.Open(Most, cancel) is { Count: > 0 } open
            ? new HandoverPart("Open incidents", Markup.Lines(open.Select(IncidentCard.Line)))
            : null;
}

/// <summary>Post-mortems that are due or overdue.</summary>
internal sealed class PostmortemHandover(IncidentService incidents) : IHandoverSection
{
    private const int Most = 10;

    public int Order => 30;

    public async Task<HandoverPart?> Gather(HandoverMoment moment, CancellationToken cancel) =>
        await incidents.OwingPostmortem(Most, cancel) is { Count: > 0 } owing
            ? new HandoverPart("Post-mortems", Markup.Lines(owing.Select(incident => DueWords.Line(incident, moment.At))))
            : null;
}
