using ChatOps.Core.Decisions;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Core.Contracts.Watching;

/// <summary>Stores what people add to the watch list and take from it.</summary>
internal sealed partial class WatchService(IStore store, Decider decider, WatchList list, StateProbes probes, ILogger<WatchService> log)
{
    public const int LongestLabel = 80;

    /// <summary>What is wrong with a label, or null.</summary>
    public static string? LabelFault(string label) => label.Length is 0 or > LongestLabel || label.Contains(',', StringComparison.Ordinal)
        ? $"\"{label}\" is not a label: at most {LongestLabel} characters and no comma, which rules use between labels." : null;

    /// <summary>Those that were not watched yet and are now, and a sentence on each that was left out.</summary>
    public async Task<(IReadOnlyList<WatchedThing> Added, IReadOnlyList<string> LeftOut)> Add(IReadOnlyList<WatchedThing> things, Actor by, CancellationToken cancel)
    {
        await list.Reload(cancel);
        var added = new List<WatchedThing>();
        var leftOut = new List<string>();
        foreach (var thing in things)
        {
            var now = new Watched([.. list.Now.All, .. added]);
            if ((now.Find(thing.Chain, thing.Address) is not null ? $"{thing.Address} is watched on {thing.Chain} already"
                : now.Labelled(thing.Chain, thing.Label) is { } other ? $"{thing.Address}: \"{thing.Label}\" is the label of {other.Address} already" : null) is { } why)
            {
                leftOut.Add(why);
                continue;
            }

            var before = await store.Find<WatchEntry>(thing.Key, cancel);
            if (await decider.Store([new WatchEntry(thing.Key, thing, IsRemoved: false) { Version = before?.Version ?? 0 }], cancel))
            {
                added.Add(thing);
                probes.Ask(thing.Chain);
                LogAdded(thing.Label, thing.Address, thing.Chain, by.Person, by.Via);
            }
        }

        await list.Reload(cancel);
        return (added, leftOut);
    }

    public async Task Remove(WatchedThing thing, Actor by, CancellationToken cancel)
    {
        while (true)
        {
            var before = await store.Find<WatchEntry>(thing.Key, cancel);
            if (before?.IsRemoved == true || await decider.Store([new WatchEntry(thing.Key, thing, IsRemoved: true) { Version = before?.Version ?? 0 }], cancel))
            {
                break;
            }
        }

        LogRemoved(thing.Label, thing.Address, thing.Chain, by.Person, by.Via);
        await list.Reload(cancel);
    }

    [LoggerMessage(LogLevel.Information, "{Label}, {Address} on {Chain}, is watched: {Person} by {Via}")]
    private partial void LogAdded(string label, Address address, string chain, string person, string via);

    [LoggerMessage(LogLevel.Information, "{Label}, {Address} on {Chain}, is watched no more: {Person} by {Via}")]
    private partial void LogRemoved(string label, Address address, string chain, string person, string via);
}
