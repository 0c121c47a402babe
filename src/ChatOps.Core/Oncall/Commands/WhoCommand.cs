using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Core.Time;

namespace ChatOps.Core.Oncall.Commands;

internal sealed class WhoCommand(OncallService oncall, TimeProvider clock) : ICommand
{
    public CommandHelp Help { get; } = new("oncall who", "Who is on call, now or at another time", Role.Everyone)
    {
        Reads = true,
        Arguments = [RotationWords.Which],
        Options = [new("--at", "another time: next monday 10:00, tomorrow 18:00, 2026-12-24 18:00, 2h")],
        Example = "/oncall who --at \"next monday 10:00\"",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => RotationWords.With(
        oncall,
        call,
        rotation =>
        {
            var now = clock.Now();
            var zone = call.Zone(rotation.Zone);
            var at = now;
            if (call["--at"] is { } text)
            {
                var read = TimePhrase.ParseInstant(text, zone, now);
                if (read.Refusal is { } why)
                {
                    return Task.FromResult(Answer.Refuse(Markup.Plain(why)));
                }

                at = read.Value;
            }

            var then = OncallResolver.At(rotation, at);
            var when = call.Has("--at") ? $" on {RotationWords.Say(at, rotation, zone, now)}" : "";
            var verb = at < now ? "was" : at > now ? "will be" : "is";
            var next = then.NextOther is { } other
                ? Markup.Of($"Next: {RotationWords.People(other.People)}, from {RotationWords.Say(other.Start, rotation, zone, now)}.")
                : then.Shift is null || at < now ? Markup.Empty : Markup.Of($"Nobody else follows. `/oncall join` signs you up.");
            return Task.FromResult(then.Shift is { } shift
                ? Answer.Say(Markup.Lines(
                    Markup.Of($"{RotationWords.People(shift.People)} {verb} on call for {rotation.Name}{when}{(shift.End is { } end ? $", until {RotationWords.Say(end, rotation, zone, now)}" : "")}."),
                    next))
                : Answer.Say(Markup.Lines(Markup.Of($"Nobody {verb} on call for {rotation.Name}{when}.{(at < now ? "" : " ")}") + (at < now ? Markup.Empty : Markup.Of($"`/oncall join` signs you up.")), next)));
        },
        cancel);
}
