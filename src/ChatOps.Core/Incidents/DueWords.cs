using ChatOps.Core.Chat;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Incidents;

/// <summary>How a post-mortem that is owed is said, in lists and in the handover.</summary>
internal static class DueWords
{
    public static Markup Line(Incident incident, Instant now)
    {
        var due = incident.PostmortemDueAt ?? now;
        var when = due < now ? $"overdue since {WallClock.Say(due, incident.TimeZone)}" : $"due {WallClock.Say(due, incident.TimeZone)}";
        return Markup.Of($"**{incident.Postmortem ?? incident.Id}** {(incident.Postmortem is null ? "not begun" : "begun")}, {when} · {incident.Id}: {incident.Title}");
    }
}
