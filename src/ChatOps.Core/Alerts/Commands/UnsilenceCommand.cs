using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Alerts.Commands;

/// <summary>A command of its own, so that a press on a card that is not the newest can only ever do what its button says.</summary>
internal sealed class UnsilenceCommand(AlertService alerts, SilenceService silences) : ICommand
{
    public const string Action = "unsilence";

    public CommandHelp Help { get; } = new("alert unsilence", "Lift the silence of an alert and its group before its end", Role.Responder)
    {
        Arguments = [AlertWords.Which],
        Example = "/alert unsilence A-12",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => AlertWords.With(alerts, call, id => QuietWords.Lift(silences, id, call, cancel), cancel);
}
