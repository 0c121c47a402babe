using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Oncall.Commands;

internal sealed class HandoverCommand(OncallService oncall, HandoverService handovers) : ICommand
{
    public CommandHelp Help { get; } = new("oncall handover", "The handover card of the present shift again, or what the next one would say now", Role.Everyone)
    {
        Reads = true,
        Arguments = [RotationWords.Which],
        Example = "/oncall handover core",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => RotationWords.With(
        oncall,
        call,
        async rotation => await handovers.Present(rotation, cancel) is { } present ? Answer.Show(HandoverCard.Draw(present))
            : await handovers.Ahead(rotation, cancel) is { } ahead ? Answer.Show(HandoverCard.Draw(ahead) with
            {
                Title = $"The next handover of {rotation.Name}, as it would be said now",
                Fields = [],
                Buttons = [],
            })
            : Answer.Say(Markup.Of($"There is nothing to hand over: nobody is in {rotation.Name}. `/oncall join {rotation.Name}` signs you up.")),
        cancel);
}
