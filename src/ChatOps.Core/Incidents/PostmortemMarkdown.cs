using System.Text;
using ChatOps.Core.History;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Incidents;

/// <summary>The first text of a post-mortem: the sections that Status's published post-mortems have, with the timeline filled in.</summary>
internal static class PostmortemMarkdown
{
    // What each section asks of its author: as long as it stands there, nothing was written.
    private const string Summary = "What happened, in two or three sentences.";
    private const string Impact = "Who was affected, how, and for how long.";
    private const string Trigger = "What set it off.";
    private const string Resolution = "What ended it.";

    private static readonly (string Section, string Asks)[] Asked = [("Summary", Summary), ("The impact", Impact), ("Trigger", Trigger), ("Resolution", Resolution)];

    /// <summary>The sections that nobody has written yet.</summary>
    public static IReadOnlyList<string> Unwritten(string text) => [.. Asked.Where(each => text.Contains(each.Asks, StringComparison.Ordinal)).Select(each => each.Section)];

    public static string Draft(Incident incident, IReadOnlyList<HistoryEntry> timeline, string author)
    {
        var zone = incident.TimeZone;
        var text = new StringBuilder();
        void Section(string title, params string[] lines) => text.Append('\n').Append(title).Append("\n\n").AppendJoin('\n', lines).Append('\n');

        text.Append("---\ntitle: ").Append(Yaml(incident.Title)).Append("\ntags: postmortem\n---\n");
        Section($"# {Plain(incident.Title)}");
        Section("## Date", $"{incident.StartedAt.InZone(zone):uuuu'-'MM'-'dd} ({incident.Id}, {IncidentCard.Say(incident.Severity)})");
        Section("## Author", author);
        Section("## Summary", incident.Known is { } known ? Plain(known) : Summary);
        Section("## The impact", Impact);
        Section("## Trigger", Trigger);
        Section("## Resolution", Resolution + Ended(incident, zone));
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
