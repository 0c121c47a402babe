using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Decisions;

namespace ChatOps.Core.Incidents.Commands;

/// <summary>What the incident commands have in common: which incident is meant, and how a decision is told.</summary>
internal static class IncidentWords
{
    public const string Name = "incident";

    public static Parameter Which { get; } = new(Name, "its id, such as I-3; may be left out while only one is open");

    public static IReadOnlyList<Choice> Severities { get; } =
        [.. Enum.GetValues<IncidentSeverity>().Reverse().Select(severity => new Choice(IncidentCard.Say(severity), IncidentCard.Say(severity)))];

    public static string? IdOf(string text) => SubjectId.Read(text, Incident.Series);

    public static IncidentSeverity? SeverityOf(string? word) =>
        Enum.GetValues<IncidentSeverity>().Where(severity => string.Equals(IncidentCard.Say(severity), word?.Trim(), StringComparison.OrdinalIgnoreCase)).Select(severity => (IncidentSeverity?)severity).FirstOrDefault();

    /// <summary>Finds the incident that is meant and hands it on; says what is unclear otherwise.</summary>
    public static async Task<Answer> With(IncidentService incidents, Invocation call, Func<string, Task<Answer>> act, CancellationToken cancel)
    {
        if (call[Name] is { } text)
        {
            return IdOf(text) is { } id
                ? await act(id)
                : Answer.Refuse(Markup.Of($"\"{text}\" is not an incident: incidents are called I-3. `/incident list` shows those that are open."));
        }

        var open = await incidents.Open(11, cancel);
        return open switch
        {
            [var only] => await act(only.Id),
            [] => Answer.Refuse(Markup.Of($"No incident is open. `/incident list --all` shows those that were; name one, such as I-3.")),
            _ => Answer.Refuse(Markup.Lines([Markup.Of($"Which one? {(open.Count > 10 ? "More than 10" : $"{open.Count}")} are open:"), .. open.Take(10).Select(IncidentCard.Line)])),
        };
    }

    public static Answer Tell(Decision<Incident> decision, Func<Incident, Markup> done) => decision switch
    {
        Decision<Incident>.Changed changed => Answer.Say(done(changed.Next)),
        Decision<Incident>.Refused refused => Answer.Refuse(refused.Why),
        _ => Answer.Say(Markup.Of($"Nothing changed.")),
    };
}
