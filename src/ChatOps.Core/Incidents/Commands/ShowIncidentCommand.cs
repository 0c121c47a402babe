using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class ShowIncidentCommand(IncidentService incidents, IncidentTimeline timeline) : ICommand
{
    private const int MostLines = 40;

    public CommandHelp Help { get; } = new("incident show", "An incident with its timeline and that of its alerts", Role.Everyone)
    {
        Reads = true,
        Arguments = [IncidentWords.Which],
        Example = "/incident show I-3",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => IncidentWords.With(
        incidents,
        call,
        async id =>
        {
            if (await incidents.Find(id, cancel) is not { } incident)
            {
                return Answer.Refuse(Markup.Of($"There is no incident {id}. `/incident list --all` shows those there are."));
            }

            var entries = await timeline.Of(incident, cancel);
            var earlier = entries.Count > MostLines ? Markup.Of($"… {entries.Count - MostLines} earlier; all of them are in its post-mortem") : Markup.Empty;
            var card = IncidentCard.Draw(incident);
            return Answer.Show(card with
            {
                Text = Markup.Lines([card.Text, earlier, .. entries.TakeLast(MostLines).Select(entry => Markup.Of($"{entry.Subject}: {entry.Line}"))]),
            });
        },
        cancel);
}
