using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Alerts.Commands;

internal sealed class EscalateCommand(AlertService alerts) : ICommand
{
    public const string Action = "escalate";

    public CommandHelp Help { get; } = new("alert escalate", "Tell the next people of its policy at once", Role.Responder)
    {
        Arguments = [AlertWords.Which],
        Example = "/alert escalate A-12",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => AlertWords.With(
        alerts,
        call,
        async id => AlertWords.Tell(
            await alerts.Escalate(id, call.Actor, cancel),
            alert => Markup.Of($"{alert.Id} is escalated: {alert.Escalation.ToldWords}.")),
        cancel);
}
