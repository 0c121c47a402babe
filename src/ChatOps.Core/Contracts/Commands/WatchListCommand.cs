using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Contracts.Commands;

internal sealed class WatchListCommand(WatchList list, WatchSettings settings, IStore store) : ICommand
{
    private const string Thing = "thing";
    private const int Most = 25;

    public CommandHelp Help { get; } = new("watch list", "What is watched, with what was last read of it; one thing in full by its label or address", Role.Everyone)
    {
        Reads = true,
        Arguments = [new(Thing, "a label or an address") { Rest = true }],
        Example = "/watch list SNT",
    };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        var watched = await list.Read(cancel);
        if (settings.Chains.Count == 0)
        {
            return Answer.Say(Markup.Of($"{settings.NothingWords}{(watched.All.Count > 0 ? $" {watched.All.Count} {(watched.All.Count == 1 ? "address waits" : "addresses wait")} for one." : "")}"));
        }

        if (call[Thing] is { } words)
        {
            return WatchWords.Meant(watched, words) is (var thing, var refusal) && thing is not null ? Answer.Show(await One(thing, watched, cancel)) : Answer.Refuse(refusal!.Value);
        }

        var lines = new List<Markup>();
        foreach (var thing in watched.All.Take(Most))
        {
            lines.Add(StateWords.Line(thing, await store.Find<WatchedState>(thing.Key, cancel), watched));
        }

        return watched.All.Count == 0
            ? Answer.Say(Markup.Of($"Nothing is watched on {string.Join(", ", settings.Chains.Select(chain => chain.Name))}. `/watch add ADDRESS` begins."))
            : Answer.Show(new Card($"{watched.All.Count} watched {(watched.All.Count == 1 ? "address" : "addresses")}", CardState.Info)
            {
                Text = Markup.Lines(lines),
                Context = watched.All.Count > Most ? Markup.Of($"{watched.All.Count - Most} more; `/watch list LABEL` shows one.") : Markup.Of($"`/watch list LABEL` shows one in full."),
            });
    }

    private async Task<Card> One(WatchedThing thing, Watched watched, CancellationToken cancel)
    {
        var state = await store.Find<WatchedState>(thing.Key, cancel);
        return new(thing.Label, CardState.Info)
        {
            Text = Markup.Lines(
            [
                Markup.Plain(thing.Purpose),
                .. state is null ? [Markup.Of($"Its state has not been read yet.")] : StateWords.Values(thing, state, watched).Select(value => Markup.Of($"• {value}")),
            ]),
            Fields =
            [
                new("Address", Markup.Of($"`{thing.Address}` on {thing.Chain}")),
                new("Kind", Markup.Plain(thing.Kind.ToString())),
                new("Criticality", Markup.Plain(thing.Criticality.ToString().ToLowerInvariant())),
                .. thing.Escalation is { } url ? [new CardField("When abnormal", Markup.Link(url, url))] : Array.Empty<CardField>(),
                new("From", Markup.Plain(thing.Origin)),
                .. state is null ? Array.Empty<CardField>() : [new CardField("Read", Markup.Plain($"at block {state.Block}, {WallClock.Say(state.At, DateTimeZone.Utc)}"))],
            ],
            Context = state?.Values.Values.Any(value => value.Drifts) == true ? Markup.Of($"Not all is as expected. If it is right: `/watch confirm {Markup.Plain(thing.Label)}`") : Markup.Empty,
        };
    }
}
