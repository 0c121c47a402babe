using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.People;

namespace ChatOps.Core.Contracts.Commands;

internal sealed class WatchConfirmCommand(StateProbes probes, WatchList list) : ICommand
{
    private const string Thing = "thing";

    public CommandHelp Help { get; } = new("watch confirm", "Say that the state of a watched thing is right as it is now: its alerts about that end", Role.Responder)
    {
        Arguments = [new(Thing, "its label or its address") { Required = true, Rest = true }],
        Example = "/watch confirm SNT controller",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        if (WatchWords.Meant(await list.Read(cancel), call[Thing]) is (null, { } refusal))
        {
            return Answer.Refuse(refusal);
        }

        var thing = list.Now.Named(call[Thing]!)[0];
        return await probes.Confirm(thing, cancel) is { Count: > 0 } confirmed
            ? Answer.Say(Markup.Of($"Noted: {string.Join("; ", confirmed.Select(each => $"{each.Key} of {thing.Label} is {each.Value.Value}"))}."))
            : Answer.Say(Markup.Of($"All that was read of {thing.Label} is as expected."));
    }
}
