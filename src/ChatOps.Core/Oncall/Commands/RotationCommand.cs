using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Oncall.Commands;

internal sealed class RotationCommand(OncallService oncall, TimeProvider clock) : ICommand
{
    private static readonly Duration Ahead = Duration.FromDays(70);

    public CommandHelp Help { get; } = new("oncall rotation", "A rotation: its zone, who is in it, and the weeks to come", Role.Everyone)
    {
        Reads = true,
        Arguments = [RotationWords.Which],
        Example = "/oncall rotation core",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => RotationWords.With(
        oncall,
        call,
        rotation =>
        {
            var now = clock.Now();
            var zone = call.Zone(rotation.Zone);
            var members = OncallResolver.Members(rotation, now);
            var shifts = OncallResolver.Shifts(rotation, now, now + Ahead).Take(6)
                .Select(shift => Markup.Of($"{(shift.Start == now ? "now" : RotationWords.Say(shift.Start, rotation, zone, now))}: {RotationWords.People(shift.People)}"));
            return Task.FromResult(Answer.Show(new Card($"Rotation {rotation.Name}", CardState.Info)
            {
                Text = members.Count == 0 ? Markup.Of($"Nobody is in it yet. `/oncall join {rotation.Name}` signs you up; whoever is first is on call at once.") : Markup.Lines(shifts),
                Fields =
                [
                    new("People", members.Count == 0 ? Markup.Of($"none") : RotationWords.People(members)),
                    new("Zone", Markup.Plain(rotation.Zone.Id)),
                    .. OncallResolver.NextHandoff(rotation, now) is { } handoff ? [new CardField("Next handoff", Markup.Plain(RotationWords.Say(handoff, rotation, zone, now)))] : Array.Empty<CardField>(),
                ],
            }));
        },
        cancel);
}
