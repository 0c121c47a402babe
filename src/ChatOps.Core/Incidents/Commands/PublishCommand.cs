using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;

namespace ChatOps.Core.Incidents.Commands;

internal sealed class PublishCommand(PostmortemService postmortems) : ICommand
{
    public CommandHelp Help { get; } = new("postmortem publish", "Say that a post-mortem is written; it is no longer due", Role.Responder)
    {
        Arguments = [PostmortemWords.Which],
        Example = "/postmortem publish P-3",
    };

    public Task<Answer> Run(Invocation call, CancellationToken cancel) => PostmortemWords.With(call, async id => PostmortemWords.Tell(
        await postmortems.Publish(id, call.Actor, cancel),
        postmortem => Markup.Of($"{postmortem.Id} is published. Thank you.")));
}
