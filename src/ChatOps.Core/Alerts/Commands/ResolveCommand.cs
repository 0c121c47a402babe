using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Alerts.Commands;

internal sealed class ResolveCommand(AlertService alerts) : ICommand
{
    public const string Action = "resolve";

    public CommandHelp Help { get; } = new("alert resolve", "Close an alert; if monitoring still reports it a quarter of an hour later, it opens a new one", Role.Responder)
    {
        Arguments = [AlertWords.Which],
        Example = "/alert resolve A-12",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => AlertWords.With(
        alerts,
        call,
        async id => AlertWords.Tell(
            await alerts.Resolve(id, call.Actor, cancel),
            alert => Markup.Of($"{alert.Id} is resolved.")),
        cancel);
}
