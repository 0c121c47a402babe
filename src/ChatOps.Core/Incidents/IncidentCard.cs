using ChatOps.Core.Chat;
using ChatOps.Core.Incidents.Commands;
using ChatOps.Core.Time;

namespace ChatOps.Core.Incidents;

/// <summary>How an incident looks in chat.</summary>
internal static class IncidentCard
{
    public static Card Draw(Incident incident) => new($"{incident.Id}: {incident.Title}", StateOf(incident))
    {
        Text = Markup.Plain(incident.Known),
        Fields = [.. Fields(incident).Where(field => !field.Value.IsEmpty)],
        Buttons =
        [
            .. incident.MitigatedAt is null ? [new Button(MitigateCommand.Action, "Mitigated", incident.Id, ButtonStyle.Primary)] : Array.Empty<Button>(),
            .. incident.ResolvedAt is null ? [new Button(ResolveIncidentCommand.Action, "Resolved", incident.Id)] : Array.Empty<Button>(),
            .. incident.Postmortem is null && incident.MitigatedAt is not null ? [new Button(StartPostmortemCommand.Action, "Start post-mortem", incident.Id)] : Array.Empty<Button>(),
        ],
        Context = Markup.Of($"Add to its timeline with `/incident note {incident.Id}`; all of it stands in `/incident show {incident.Id}`."),
    };

    public static CardState StateOf(Incident incident) =>
        incident.ResolvedAt is not null ? CardState.Closed : incident.MitigatedAt is not null ? CardState.Mitigated : CardState.Open;

    /// <summary>One line for a list.</summary>
    public static Markup Line(Incident incident) => Markup.Of(
        $"**{incident.Id}** {StateOf(incident).ToString().ToLowerInvariant()} · {Say(incident.Severity)} · {incident.Title} · since {WallClock.Say(incident.StartedAt, incident.TimeZone)}");

    public static string Say(IncidentSeverity severity) => severity.ToString().ToLowerInvariant();

    private static IEnumerable<CardField> Fields(Incident incident)
    {
        yield return new("Severity", Markup.Plain(Say(incident.Severity)));
        yield return new("Declared", Markup.Of($"by {Markup.Mention(incident.StartedBy)}, {WallClock.Say(incident.StartedAt, incident.TimeZone)}"));
        yield return new("Alerts", Markup.Plain(string.Join(", ", incident.Alerts)));
        yield return new("Mitigated", incident.MitigatedAt is { } mitigated ? Markup.Of($"by {Markup.Mention(incident.MitigatedBy ?? "")}, {WallClock.Say(mitigated, incident.TimeZone)}") : Markup.Empty);
        yield return new("Resolved", incident.ResolvedAt is { } resolved ? Markup.Of($"by {Markup.Mention(incident.ResolvedBy ?? "")}, {WallClock.Say(resolved, incident.TimeZone)}, after {WallClock.SaySpan(resolved - incident.StartedAt)}") : Markup.Empty);
        yield return new("Post-mortem", IncidentDecisions.PostmortemField(incident));
    }
}
