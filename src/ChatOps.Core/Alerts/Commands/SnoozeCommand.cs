using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Alerts.Commands;

internal sealed class SnoozeCommand(AlertService alerts, TimeProvider clock) : ICommand
{
    public const string Action = "snooze";

    private static readonly Duration Usual = Duration.FromHours(1);

    public CommandHelp Help { get; } = new("alert snooze", "Let an alert sleep until an end: no next step and no reminder before", Role.Responder)
    {
        Arguments = [AlertWords.Which],
        Options = [QuietWords.ForHowLong(Usual), QuietWords.UntilWhen, QuietWords.ToEnd("wake it")],
        Example = "/alert snooze A-12 --until tomorrow 09:00",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => QuietWords.Ask(
        alerts,
        call,
        Usual,
        clock.Now(),
        off: id => QuietWords.Wake(alerts, id, call, cancel),
        on: async (id, asked) => AlertWords.Tell(
            await alerts.Snooze(id, asked, QuietWords.IsNamed(call), call.Actor, cancel),
            alert => Markup.Of($"{alert.Id} sleeps until {asked.UntilWords(alert, call.Zone(alert.TimeZone))}.{(alert.Acknowledgement is null ? " Nobody has it: then the next are told." : "")}")),
        cancel);
}
