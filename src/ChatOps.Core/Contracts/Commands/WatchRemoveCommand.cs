using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.People;

namespace ChatOps.Core.Contracts.Commands;

internal sealed class WatchRemoveCommand(WatchService watching, WatchList list) : ICommand
{
    private const string Thing = "thing";

    public CommandHelp Help { get; } = new("watch remove", "Watch an address no more; what was seen of it stays", Role.Admin)
    {
        Arguments = [new(Thing, "its label or its address") { Required = true, Rest = true }],
        Example = "/watch remove Sticker market",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        if (WatchWords.Meant(await list.Read(cancel), call[Thing]) is (null, { } refusal))
        {
            return Answer.Refuse(refusal);
        }

        var thing = list.Now.Named(call[Thing]!)[0];
        await watching.Remove(thing, call.Actor, cancel);
        return Answer.Say(Markup.Of($"{thing.Label} ({thing.Address}) is watched no more. `/watch add {thing.Address} \"{Markup.Plain(thing.Label)}\" --kind {thing.Kind}` watches it again."));
    }
}
