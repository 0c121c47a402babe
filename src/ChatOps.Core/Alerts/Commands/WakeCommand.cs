using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Alerts.Commands;

/// <summary>A command of its own, as <see cref="UnsilenceCommand"/> is.</summary>
internal sealed class WakeCommand(AlertService alerts) : ICommand
{
    public const string Action = "wake";

    public CommandHelp Help { get; } = new("alert wake", "End an alert's snooze before its end", Role.Responder)
    {
        Arguments = [AlertWords.Which],
        Example = "/alert wake A-12",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => AlertWords.With(alerts, call, id => QuietWords.Wake(alerts, id, call, cancel), cancel);
}
