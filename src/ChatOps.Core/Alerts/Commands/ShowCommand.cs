using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Alerts.Commands;

internal sealed class ShowCommand(AlertService alerts) : ICommand
{
    public CommandHelp Help { get; } = new("alert show", "An alert's card, with its buttons", Role.Everyone)
    {
        Reads = true,
        Arguments = [AlertWords.Which],
        Example = "/alert show A-12",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => AlertWords.With(
        alerts,
        call,
        async id => await alerts.Find(id, cancel) is { } alert
            ? Answer.Show(AlertCard.Draw(alert))
            : Answer.Refuse(Markup.Of($"There is no alert {id}.")),
        cancel);
}
