using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Contracts.Watching;

/// <summary>What is watched: what the settings say, and on top of it what was added and removed in chat.</summary>
public sealed class WatchList(IStore store, WatchSettings settings, TimeProvider clock)
{
    // Another replica may have changed it: what is added there is watched here this much later.
    private static readonly Duration Fresh = Duration.FromSeconds(5);

    private volatile Watched _now = new(settings.Things);
    private Instant _readAt = Instant.MinValue;

    /// <summary>As it was read last.</summary>
    public Watched Now => _now;

    /// <summary>As it is, at most five seconds ago.</summary>
    public async ValueTask<Watched> Read(CancellationToken cancel)
    {
        if (clock.Now() - _readAt >= Fresh)
        {
            await Reload(cancel);
        }

        return _now;
    }

    /// <summary>Reads it anew: at the start, and after each change.</summary>
    public async Task Reload(CancellationToken cancel)
    {
        var entries = (await store.List(Index<WatchEntry>.Id, Keys.All, cancel: cancel)).ToDictionary(entry => entry.Id);
        var next = settings.Things.Where(thing => !entries.ContainsKey(thing.Key)).Concat(entries.Values.Where(entry => !entry.IsRemoved).Select(entry => entry.Thing)).ToList();
        (_now, _readAt) = (new Watched(next), clock.Now());
    }
}

/// <summary>The watched things at one moment.</summary>
public sealed class Watched
{
    private readonly Dictionary<(string Chain, Address Address), WatchedThing> _things;
    private readonly Dictionary<string, HashSet<Address>> _addresses;

    public Watched(IEnumerable<WatchedThing> things)
    {
        All = [.. things];
        _things = All.GroupBy(thing => (thing.Chain, thing.Address)).ToDictionary(same => same.Key, same => same.First());
        _addresses = All.GroupBy(thing => thing.Chain).ToDictionary(chain => chain.Key, chain => chain.Select(thing => thing.Address).ToHashSet());
    }

    public IReadOnlyList<WatchedThing> All { get; }

    /// <summary>The addresses on one chain.</summary>
    public IReadOnlySet<Address> On(string chain) => _addresses.GetValueOrDefault(chain) ?? [];

    /// <summary>Who has that label on a chain, or null.</summary>
    public WatchedThing? Labelled(string chain, string label) => All.FirstOrDefault(thing => thing.Chain == chain && string.Equals(thing.Label, label, StringComparison.OrdinalIgnoreCase));

    public WatchedThing? Find(string chain, Address address) => _things.GetValueOrDefault((chain, address));

    /// <summary>Those that a person means: an address, a label, or the label's beginning.</summary>
    public IReadOnlyList<WatchedThing> Named(string words)
    {
        var text = Quotes.Off(words);
        var exact = All.Where(thing => string.Equals(thing.Label, text, StringComparison.OrdinalIgnoreCase) || (Address.TryParse(text, out var address) && thing.Address == address)).ToList();
        return exact.Count > 0 ? exact : [.. All.Where(thing => thing.Label.StartsWith(text, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>A label, or the address where there is none.</summary>
    public string NameOf(string chain, Address address) => Find(chain, address)?.Label ?? (address.IsZero ? "nobody (0x0)" : address.ToString());
}
