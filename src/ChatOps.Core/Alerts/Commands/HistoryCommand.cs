using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Alerts.Commands;

/// <summary>The history stands in the thread of the alert's card; this gives it in one piece to whoever asks.</summary>
internal sealed class HistoryCommand(AlertService alerts) : ICommand
{
    public const string Action = "history";

    public CommandHelp Help { get; } = new("alert history", "Who did what with an alert, when and from where", Role.Everyone)
    {
        Reads = true,
        Arguments = [AlertWords.Which],
        Example = "/alert history A-12",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => AlertWords.With(
        alerts,
        call,
        async id => await alerts.Find(id, cancel) is { } alert
            ? Answer.Show(new Card($"{id}: {alert.Facts.Title}", AlertCard.StateOf(alert))
            {
                Text = alert.Condensed is null ? Markup.Lines((await alerts.History(id, cancel)).Select(entry => entry.Line)) : alert.CondensedWords(),
                Context = alert.Condensed is null ? Markup.Of($"The same stands in the thread of its card.") : Markup.Empty,
            })
            : Answer.Refuse(Markup.Of($"There is no alert {id}.")),
        cancel);
}
