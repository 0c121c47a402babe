using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Decisions;
using ChatOps.Core.History;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Incidents;

/// <summary>What may happen to an incident, as pure transitions.</summary>
internal static class IncidentDecisions
{
    /// <summary>Declares it; the alert it comes from belongs to it from then on.</summary>
    public static Decision<Incident>.Changed Declare(Incident incident, Alert? alert, Actor by, Instant now)
    {
        var from = alert is null ? Markup.Empty : Markup.Of($" from {alert.Id}, {alert.Facts.Title}");
        var (written, entry) = incident.Write(by, now, Markup.Of($"**{by.Person}** declared the incident{from}.{(incident.Known is { } known ? $" Known so far: {known}" : "")}"));
        if (alert is null)
        {
            return new(written, entry);
        }

        var (linked, linkEntry) = alert.Write(by, now, Markup.Of($"**{by.Person}** declared incident {incident.Id}: {incident.Title}."));
        return new(written with { Alerts = [alert.Id] }, entry, linked with { Incident = incident.Id }, linkEntry);
    }

    public static Decision<Incident> Link(this Incident incident, Alert alert, Actor by, Instant now)
    {
        if (alert.Incident is { } other)
        {
            return Refuse(Markup.Of($"{alert.Id} belongs to {other} already."));
        }

        if (alert.Condensed is not null)
        {
            return Refuse(TooOld(alert));
        }

        var (written, entry) = incident.Write(by, now, Markup.Of($"**{by.Person}** linked {alert.Id}, {alert.Facts.Title}."));
        var (linked, linkEntry) = alert.Write(by, now, Markup.Of($"**{by.Person}** linked it to incident {incident.Id}: {incident.Title}."));
        return new Decision<Incident>.Changed(written with { Alerts = [.. incident.Alerts, alert.Id] }, entry, linked with { Incident = incident.Id }, linkEntry);
    }

    public static Decision<Incident> Note(this Incident incident, Actor by, string text, Instant now)
    {
        var (written, entry) = incident.Write(by, now, Markup.Of($"**{by.Person}** notes: {text}"));
        return new Decision<Incident>.Changed(written, entry);
    }

    public static Decision<Incident> Rate(this Incident incident, IncidentSeverity severity, Actor by, Instant now)
    {
        if (incident.Severity == severity)
        {
            return Refuse(Markup.Of($"{incident.Id} is {IncidentCard.Say(severity)} already."));
        }

        var (written, entry) = (incident with { Severity = severity }).Write(by, now, Markup.Of($"**{by.Person}** changed the severity from {IncidentCard.Say(incident.Severity)} to {IncidentCard.Say(severity)}."));
        return new Decision<Incident>.Changed(written, entry);
    }

    public static Decision<Incident> Mitigate(this Incident incident, Actor by, Instant now)
    {
        if (incident.ResolvedAt is not null || incident.MitigatedAt is not null)
        {
            return Over(incident);
        }

        var mitigated = incident with { MitigatedAt = now, MitigatedBy = by.Person };
        var (written, entry) = mitigated.Write(by, now, Markup.Of($"**{by.Person}** mitigated it. {PostmortemWords(mitigated)}"));
        return new Decision<Incident>.Changed(written, entry);
    }

    /// <summary>Over for good. What was never said to be mitigated is mitigated by it.</summary>
    public static Decision<Incident> Resolve(this Incident incident, Actor by, Instant now)
    {
        if (incident.ResolvedAt is not null)
        {
            return Over(incident);
        }

        var resolved = incident with { ResolvedAt = now, ResolvedBy = by.Person, MitigatedAt = incident.MitigatedAt ?? now, MitigatedBy = incident.MitigatedBy ?? by.Person };
        var (written, entry) = resolved.Write(by, now, Markup.Of($"**{by.Person}** resolved it after {WallClock.SaySpan(now - incident.StartedAt)}. {PostmortemWords(resolved)}"));
        return new Decision<Incident>.Changed(written, entry);
    }

    public static Decision<Incident> Reopen(this Incident incident, Actor by, Instant now)
    {
        if (incident.ResolvedAt is null && incident.MitigatedAt is null)
        {
            return Refuse(Markup.Of($"{incident.Id} is open, since {WallClock.Say(incident.StartedAt, incident.TimeZone)}."));
        }

        var open = incident with { ResolvedAt = null, ResolvedBy = null, MitigatedAt = null, MitigatedBy = null };
        var (written, entry) = open.Write(by, now, Markup.Of($"**{by.Person}** opened it again; its post-mortem is due a week after it is mitigated again."));
        return new Decision<Incident>.Changed(written, entry);
    }

    /// <summary>The incident with one more entry, and the entry.</summary>
    public static (Incident Incident, HistoryEntry Entry) Write(this Incident incident, Actor by, Instant now, Markup what) =>
        (incident with { Entries = incident.Entries + 1, ChangedAt = now }, HistoryEntry.Next(incident, by, now, what));

    /// <summary>Where its post-mortem stands.</summary>
    public static Markup PostmortemWords(Incident incident) => incident switch
    {
        { PublishedAt: { } at, Postmortem: { } done } => Markup.Of($"{done} was published {WallClock.Say(at, incident.TimeZone)}."),
        { Postmortem: { } begun, PostmortemDueAt: { } due } => Markup.Of($"{begun} is due {WallClock.Say(due, incident.TimeZone)}."),
        { Postmortem: { } begun } => Markup.Of($"{begun} is begun; it is due a week after mitigation."),
        { PostmortemDueAt: not null } => Markup.Of($"Its post-mortem is ") + NotBegun(incident),
        _ => Markup.Empty,
    };

    /// <summary>The same where it says already that it is about the post-mortem.</summary>
    public static Markup PostmortemField(Incident incident) => incident is { Postmortem: null, PostmortemDueAt: not null } ? NotBegun(incident) : PostmortemWords(incident);

    /// <summary>What happened with it is gone, and a timeline without it would say that nothing did.</summary>
    public static Markup TooOld(Alert alert) => Markup.Of($"{alert.Id} can belong to no incident any more. ") + alert.CondensedWords();

    private static Markup NotBegun(Incident incident) => Markup.Of($"due {WallClock.Say(incident.PostmortemDueAt ?? default, incident.TimeZone)}: `/postmortem start {incident.Id}` begins it.");

    private static Decision<Incident>.Refused Over(Incident incident) => incident switch
    {
        { ResolvedAt: { } at } => Refuse(Markup.Of($"{incident.Id} is over: {Markup.Mention(incident.ResolvedBy ?? "")} resolved it, {WallClock.Say(at, incident.TimeZone)}. `/incident reopen {incident.Id}` opens it again.")),
        _ => Refuse(Markup.Of($"{Markup.Mention(incident.MitigatedBy ?? "")} mitigated {incident.Id} already, {WallClock.Say(incident.MitigatedAt ?? default, incident.TimeZone)}.")),
    };

    private static Decision<Incident>.Refused Refuse(Markup why) => new(why);
}
