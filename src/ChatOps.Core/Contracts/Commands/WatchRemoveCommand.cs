using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.People;

namespace ChatOps.Core.Contracts.Commands;

internal sealed class WatchRemoveCommand(WatchService watching, WatchList list, WatchSettings settings) : ICommand
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
        return Answer.Say(Markup.Of($"{thing.Label} ({thing.Address}) is watched no more. `{Again(thing)}` watches it again{(Lost(thing) is { Length: > 0 } lost ? $", without its {lost}: Contracts:Watch in the settings sets that" : "")}."));
    }

    private string Again(WatchedThing thing) =>
        $"/watch add {thing.Address} \"{thing.Label}\" --kind {thing.Kind}{(settings.Chains.Count > 1 ? $" --chain {thing.Chain}" : "")} --criticality {thing.Criticality.ToString().ToLowerInvariant()}{(thing.Escalation is { } url ? $" --escalation {url}" : "")}";

    /// <summary>What chat cannot say.</summary>
    private static string Lost(WatchedThing thing) => string.Join(", ", new (string Words, bool Has)[]
    {
        ("purpose", thing.Purpose is not null), ("ABI", thing.Abi is not null), ("expected state", thing.Expect.Count > 0), ("least amounts", thing.Least.Count > 0),
    }.Where(each => each.Has).Select(each => each.Words));
}
