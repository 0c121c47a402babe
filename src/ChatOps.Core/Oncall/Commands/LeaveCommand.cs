using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Oncall.Commands;

internal sealed class LeaveCommand(OncallService oncall) : ICommand
{
    public CommandHelp Help { get; } = new("oncall leave", "Leave a rotation; a week that has begun is yours to its end", Role.Everyone)
    {
        Arguments = [RotationWords.Which],
        Example = "/oncall leave",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => RotationWords.With(
        oncall,
        call,
        async rotation => RotationWords.Tell(
            await oncall.Change(rotation.Id, call.Actor, $"left {rotation.Name}", (current, now) => current.Leave(call.By.Person.Id, now), cancel)),
        cancel);
}
