using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Core.Time;

namespace ChatOps.Core.Oncall.Commands;

internal sealed class NextCommand(OncallService oncall, TimeProvider clock) : ICommand
{
    public CommandHelp Help { get; } = new("oncall next", "Who is on call next, and from when", Role.Everyone)
    {
        Reads = true,
        Arguments = [RotationWords.Which],
        Example = "/oncall next",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => RotationWords.With(
        oncall,
        call,
        rotation =>
        {
            var now = clock.Now();
            var zone = call.Zone(rotation.Zone);
            var answer = OncallResolver.At(rotation, now) switch
            {
                { Next: { } next } => Markup.Lines(
                    Markup.Of($"Next on call for {rotation.Name}: {RotationWords.People(next.People)}, from {RotationWords.Say(next.Start, rotation, zone, now)}{(next.End is { } end ? $" until {RotationWords.Say(end, rotation, zone, now)}" : "")}."),
                    OncallResolver.At(rotation, now).NextOther is null ? Markup.Of($"Nobody else is in {rotation.Name}: `/oncall join` signs you up.") : Markup.Empty),
                { Shift: { End: { } last } } => Markup.Of($"Nobody follows when this shift ends, {RotationWords.Say(last, rotation, zone, now)}. `/oncall join` signs you up."),
                _ => Markup.Of($"Nobody is in {rotation.Name} yet. `/oncall join` signs you up."),
            };
            return Task.FromResult(Answer.Say(answer));
        },
        cancel);
}
