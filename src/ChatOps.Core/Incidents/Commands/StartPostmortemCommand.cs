using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class StartPostmortemCommand(IncidentService incidents, PostmortemService postmortems) : ICommand
{
    public const string Action = "postmortem";

    public CommandHelp Help { get; } = new("postmortem start", "Begin a post-mortem: a Markdown document with the timeline filled in, due a week after mitigation", Role.Responder)
    {
        Arguments = [IncidentWords.Which with { Summary = "the incident, such as I-3; may be left out while only one is open" }],
        Example = "/postmortem start I-3",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => IncidentWords.With(
        incidents,
        call,
        async id => PostmortemWords.Tell(
            await postmortems.Start(id, call.Actor, cancel),
            postmortem => Markup.Of($"{postmortem.Id} is begun with the timeline of {postmortem.Incident}. `/postmortem edit {postmortem.Id}` writes on it, `/postmortem publish {postmortem.Id}` says that it is done.")),
        cancel);
}
