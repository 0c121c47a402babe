using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Alerts.Commands;

internal sealed class AckCommand(AlertService alerts) : ICommand
{
    public const string Action = "ack";

    public CommandHelp Help { get; } = new("alert ack", "Acknowledge an alert: it is yours, and nobody else is told of it", Role.Responder)
    {
        Arguments = [AlertWords.Which],
        Example = "/alert ack A-12",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => AlertWords.With(
        alerts,
        call,
        async id => AlertWords.Tell(
            await alerts.Acknowledge(id, call.Actor, cancel),
            alert => Markup.Of($"You have {alert.Id}: {alert.Facts.Title}.")),
        cancel);
}
