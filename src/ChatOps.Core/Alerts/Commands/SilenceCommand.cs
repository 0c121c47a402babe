using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Alerts.Commands;

internal sealed class SilenceCommand(AlertService alerts, SilenceService silences, TimeProvider clock) : ICommand
{
    public const string Action = "silence";

    private static readonly Duration Usual = Duration.FromHours(2);

    public CommandHelp Help { get; } = new("alert silence", "Tell nobody of an alert and its group until an end, also when it fires anew", Role.Responder)
    {
        Arguments = [AlertWords.Which],
        Options = [QuietWords.ForHowLong(Usual), QuietWords.UntilWhen, QuietWords.Reason, QuietWords.ToEnd("lift the silence")],
        Example = "/alert silence A-12 --for 2h --why moving the mail servers",
        ActionId = Action,
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => QuietWords.Ask(
        alerts,
        call,
        Usual,
        clock.Now(),
        off: id => QuietWords.Lift(silences, id, call, cancel),
        on: async (id, asked) => AlertWords.Tell(
            await silences.Silence(id, asked, QuietWords.IsNamed(call), call.Actor, cancel),
            alert => Markup.Of($"{alert.Id} and its group are silenced until {asked.UntilWords(alert, call.Zone(alert.TimeZone))}.")),
        cancel);
}
