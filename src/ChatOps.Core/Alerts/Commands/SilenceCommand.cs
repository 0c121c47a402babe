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

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => AlertWords.With(
        alerts,
        call,
        async id =>
        {
            if (QuietWords.Fault(call) is { } contradiction)
            {
                return Answer.Refuse(contradiction);
            }

            if (QuietWords.IsOff(call))
            {
                return await QuietWords.Lift(silences, id, call, cancel);
            }

            var zone = (await alerts.Find(id, cancel))?.TimeZone ?? DateTimeZone.Utc;
            var (asked, fault) = QuietWords.Read(call, Usual, call.Zone(zone), clock.Now());
            return asked is null
                ? Answer.Refuse(fault)
                : AlertWords.Tell(
                    await silences.Silence(id, asked, QuietWords.IsNamed(call), call.Actor, cancel),
                    alert => Markup.Of($"{alert.Id} and its group are silenced until {asked.UntilWords(alert)}."));
        },
        cancel);
}
