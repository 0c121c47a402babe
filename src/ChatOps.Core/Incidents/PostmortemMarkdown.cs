using System.Text;
using ChatOps.Core.History;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Incidents;

/// <summary>The first text of a post-mortem: the sections that Status's published post-mortems have, with the timeline filled in.</summary>
internal static class PostmortemMarkdown
{
    public static string Draft(Incident incident, IReadOnlyList<HistoryEntry> timeline, string author)
    {
        var zone = incident.TimeZone;
        var text = new StringBuilder();
        void Section(string title, params string[] lines) => text.Append('\n').Append(title).Append("\n\n").AppendJoin('\n', lines).Append('\n');

        text.Append("---\ntitle: ").Append(Yaml(incident.Title)).Append("\ntags: postmortem\n---\n");
        Section($"# {Plain(incident.Title)}");
        Section("## Date", $"{incident.StartedAt.InZone(zone):uuuu'-'MM'-'dd} ({incident.Id}, {IncidentCard.Say(incident.Severity)})");
        Section("## Author", author);
        Section("## Summary", incident.Known is { } known ? Plain(known) : "What happened, in two or three sentences.");
        Section("## The impact", "Who was affected, how, and for how long.");
        Section("## Trigger", "What set it off.");
        Section("## Resolution", $"What ended it.{Ended(incident, zone)}");
        Section("## Action items", "| Action item | Type (prevent/mitigate/improve) | Owner | Reference | Notes |", "|---|---|---|---|---|", "| | | | | |");
        Section("## Lessons learned", "### What went well", "", "### What went wrong", "", "### Where we got lucky");
        Section(
            $"## Timeline ({zone.Id})",
            ["| Date and time | What happened |", "|---|---|", .. timeline.Select(entry => $"| {entry.At.InZone(zone):uuuu'-'MM'-'dd HH':'mm} | {entry.Subject}: {Cell(entry.What.PlainText())} |")]);
        return text.ToString();
    }

    private static string Ended(Incident incident, DateTimeZone zone) =>
        (incident.MitigatedAt is { } mitigated ? $" Mitigated {WallClock.Say(mitigated, zone)}." : "")
        + (incident.ResolvedAt is { } resolved ? $" Resolved {WallClock.Say(resolved, zone)}." : "");

    // What people and monitoring wrote must not end a table, a heading or the front matter.
    private static string Cell(string text) => Plain(text).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Plain(string text) => text.Replace('\n', ' ').Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Yaml(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace('\n', ' ')}\"";
}
