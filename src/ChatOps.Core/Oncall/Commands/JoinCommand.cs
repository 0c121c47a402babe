using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Oncall.Commands;

internal sealed class JoinCommand(OncallService oncall) : ICommand
{
    public CommandHelp Help { get; } = new("oncall join", "Sign up for a rotation: your first week comes at the end of the line", Role.Everyone)
    {
        Arguments = [RotationWords.Which],
        ActionId = "join",
        Example = "/oncall join",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => RotationWords.With(
        oncall,
        call,
        async rotation => RotationWords.Tell(
            await oncall.Change(rotation.Id, call.Actor, $"joined {rotation.Name}", (current, now) => current.Join(call.By.Person.Id, now), cancel)),
        cancel);
}
