using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Alerts.Commands;

internal sealed class ListCommand(AlertService alerts) : ICommand
{
    private const int Usual = 20;
    private const int Most = 100;

    public CommandHelp Help { get; } = new("alert list", "The open alerts, or the newest of all", Role.Everyone)
    {
        Reads = true,
        Options =
        [
            new("--all", "the resolved ones too, newest first") { Flag = true },
            new("--limit", $"how many, {Usual} unless said, {Most} at most") { Value = "N" },
        ],
        Example = "/alert list --all --limit 50",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        var limit = Usual;
        if (call["--limit"] is { } text && (!int.TryParse(text, out limit) || limit is < 1 or > Most))
        {
            return Answer.Refuse(Markup.Of($"\"{text}\" is not a number from 1 to {Most}."));
        }

        var all = call.Has("--all");
        var list = all ? await alerts.Newest(limit, cancel) : await alerts.Open(limit, cancel);
        var open = await alerts.CountOpen(cancel);
        return list.Count == 0
            ? Answer.Say(all ? Markup.Of($"There has been no alert yet.") : Markup.Of($"No alert is open. `/alert list --all` shows those that were."))
            : Answer.Show(new Card(all ? list.Count == 1 ? "The newest alert" : $"The newest {list.Count} alerts" : open == 1 ? "1 open alert" : $"{open} open alerts", CardState.Info)
            {
                Text = Markup.Lines(list.Select(AlertCard.Line)),
                Context = !all && open > list.Count ? Markup.Of($"{open - list.Count} more: `/alert list --limit {Most}`") : Markup.Empty,
            });
    }
}
