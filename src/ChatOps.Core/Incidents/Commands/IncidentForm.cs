using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;

namespace ChatOps.Core.Incidents.Commands;

/// <summary>The form that declares an incident, and what comes back with it.</summary>
internal static class IncidentForm
{
    private const string Title = "title";
    private const string Severity = "severity";
    private const string Known = "known";
    private const int LongestTitle = 150;
    private const int LongestKnown = 3000;

    public static Form For(string command, string alert, long version, string? title, IncidentSeverity severity) => new(command, alert, version, "Declare an incident",
    [
        new(Title, "Title", FieldKind.Text, Required: true) { Value = title is { Length: > LongestTitle } ? title[..LongestTitle] : title, Hint = "What is wrong, in a line." },
        new(Severity, "Severity", FieldKind.Select, Required: true) { Value = IncidentCard.Say(severity), Options = IncidentWords.Severities },
        new(Known, "What is known", FieldKind.Multiline) { Hint = "Who is affected, since when, what has been tried." },
    ], "Declare");

    public static async Task<Answer> Submit(IncidentService incidents, Invocation call, string? alert, CancellationToken cancel) =>
        IncidentWords.SeverityOf(call.Form.GetValueOrDefault(Severity)) is not { } severity
            ? Answer.Wrong(Severity, $"It is one of {string.Join(", ", IncidentWords.Severities.Select(choice => choice.Value))}.")
            : await Declare(incidents, call, call.Form.GetValueOrDefault(Title) ?? "", severity, call.Form.GetValueOrDefault(Known), alert, cancel);

    public static async Task<Answer> Declare(
        IncidentService incidents, Invocation call, string title, IncidentSeverity severity, string? known, string? alert, CancellationToken cancel)
    {
        title = string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (title.Length > LongestTitle)
        {
            return Wrong(call, Title, $"A title has at most {LongestTitle} characters; this one has {title.Length}.");
        }

        return known?.Length > LongestKnown
            ? Wrong(call, Known, $"At most {LongestKnown} characters; these are {known.Length}. The rest can be a note.")
            : IncidentWords.Tell(
                await incidents.Declare(title, severity, string.IsNullOrWhiteSpace(known) ? null : known.Trim(), alert, call.Actor, cancel),
                incident => Markup.Of($"{incident.Id} is declared: {incident.Title}. Add what happens with `/incident note {incident.Id}`."));
    }

    private static Answer Wrong(Invocation call, string field, string why) => call.Means == Means.Form ? Answer.Wrong(field, why) : Answer.Refuse(Markup.Plain(why));
}
