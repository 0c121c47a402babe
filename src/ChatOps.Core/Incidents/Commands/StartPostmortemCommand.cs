using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class StartPostmortemCommand(IncidentService incidents, PostmortemService postmortems, TimeProvider clock) : ICommand
{
    public const string Action = "postmortem";

    public CommandHelp Help { get; } = new("postmortem start", "Begin a post-mortem: a Markdown document with the timeline filled in, due a week after mitigation", Role.Responder)
    {
        Arguments = [IncidentWords.Which with { Summary = "the incident, such as I-3; may be left out while only one is open, or none is and only one post-mortem is due" }],
        Example = "/postmortem start I-3",
        ActionId = Action,
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        if (call[IncidentWords.Name] is null && await incidents.Open(1, cancel) is [])
        {
            switch (await NotBegun(cancel))
            {
                case [var only]:
                    return await Start(only.Id, call, cancel);
                case [_, _, ..] several:
                    var now = Time.ClockReading.Now(clock);
                    return Answer.Refuse(Markup.Lines([Markup.Of($"Which one? These are due; name the incident, such as {several[0].Id}:"), .. several.Take(10).Select(incident => DueWords.Line(incident, now))]));
            }
        }

        return await IncidentWords.With(incidents, call, id => Start(id, call, cancel), cancel);
    }

    private async Task<IReadOnlyList<Incident>> NotBegun(CancellationToken cancel) =>
        [.. (await incidents.OwingPostmortem(100, cancel)).Where(incident => incident.Postmortem is null)];

    private async Task<Answer> Start(string id, Invocation call, CancellationToken cancel) => PostmortemWords.Tell(
        await postmortems.Start(id, call.Actor, cancel),
        postmortem => Markup.Of($"{postmortem.Id} is begun with the timeline of {postmortem.Incident}. `/postmortem edit {postmortem.Id}` writes on it, `/postmortem publish {postmortem.Id}` says that it is done."));
}
