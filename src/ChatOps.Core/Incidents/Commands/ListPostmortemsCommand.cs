using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Core.Time;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class ListPostmortemsCommand(IncidentService incidents, PostmortemService postmortems, TimeProvider clock) : ICommand
{
    private const int Most = 30;

    public CommandHelp Help { get; } = new("postmortem list", "Post-mortems that are due, and those that were written", Role.Everyone)
    {
        Reads = true,
        Example = "/postmortem list",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        var owing = await incidents.OwingPostmortem(Most, cancel);
        var written = (await postmortems.Newest(Most, cancel)).Where(postmortem => postmortem.PublishedAt is not null).ToList();
        return owing.Count + written.Count == 0
            ? Answer.Say(Markup.Of($"No post-mortem is due, and none was written yet."))
            : Answer.Show(new Card("Post-mortems", CardState.Info)
            {
                Text = Markup.Lines(
                [
                    .. owing.Select(incident => DueWords.Line(incident, clock.Now())),
                    .. written.Select(postmortem => Markup.Of($"**{postmortem.Id}** published · {postmortem.Incident}: {postmortem.Title}")),
                ]),
            });
    }
}
