using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class ListIncidentsCommand(IncidentService incidents) : ICommand
{
    private const int Most = 30;

    public CommandHelp Help { get; } = new("incident list", "The open incidents, or the newest of all", Role.Everyone)
    {
        Reads = true,
        Options = [new("--all", "the resolved ones too, newest first") { Flag = true }],
        Example = "/incident list --all",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        var all = call.Has("--all");
        var list = all ? await incidents.Newest(Most, cancel) : await incidents.Open(Most, cancel);
        return list.Count == 0
            ? Answer.Say(all ? Markup.Of($"There has been no incident yet.") : Markup.Of($"No incident is open. `/incident list --all` shows those that were."))
            : Answer.Show(new Card(all ? "Incidents, the newest first" : "Open incidents", CardState.Info) { Text = Markup.Lines(list.Select(IncidentCard.Line)) });
    }
}
