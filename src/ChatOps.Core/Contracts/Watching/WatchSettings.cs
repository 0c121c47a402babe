using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Settings;

namespace ChatOps.Core.Contracts.Watching;

/// <summary>The settings <c>Contracts</c>.</summary>
/// <param name="Chains">Those that are followed: nothing is watched without one.</param>
/// <param name="Things">What the settings watch on them.</param>
/// <param name="Rules">The settings' own rules, in order.</param>
/// <param name="Shipped">Those that come with the program, asked last.</param>
public sealed record WatchSettings(IReadOnlyList<WatchedChain> Chains, IReadOnlyList<WatchedThing> Things, IReadOnlyList<Rule> Rules, IReadOnlyList<Rule> Shipped)
{
    private const long Mainnet = 1;
    private const int LongestLabel = 80;

    /// <summary>Every how many blocks the state is probed.</summary>
    public int ProbeEvery { get; init; } = 25;

    /// <summary>What is to be said at the start and by <c>/watch list</c> where nothing is watched, or null.</summary>
    public string? NothingWords => Chains.Count > 0 ? Things.Count > 0 ? null : "Nothing is watched yet: the settings name no contract on these chains. `/watch add` adds one."
        : "Nothing is watched: no chain is set. Name one with Chains__0__Name, Chains__0__ChainId and Chains__0__RpcUrls__0.";

    /// <summary>ABIs of files that watched things name, by the name.</summary>
    public IReadOnlyDictionary<string, ContractAbi> Abis { get; init; } = new Dictionary<string, ContractAbi>();

    /// <summary>Sentences on rules of the settings that name a label, a function or an event that nobody knows here; a label may still be one that chat added.</summary>
    public IEnumerable<string> CarefulWords
    {
        get
        {
            var watched = new Watched(Things);
            return Rules.SelectMany(rule => RuleNames.Faults(rule, watched, this).Select(fault => $"rule \"{rule.Name}\" matches nothing by its {fault.Key}, unless chat added that: {fault.What}{(fault.What.EndsWith('?') ? "" : ".")}"));
        }
    }

    /// <summary>A bundled ABI or one of a file.</summary>
    public ContractAbi? Abi(string name) => Abis.GetValueOrDefault(name) ?? BundledAbis.Find(name);

    /// <summary>Those that a watched thing names, in their order.</summary>
    public IEnumerable<ContractAbi> AbisOf(WatchedThing thing) => NamesOf(thing.Abi).Select(Abi).OfType<ContractAbi>();

    public WatchedChain? Chain(string name) => Chains.FirstOrDefault(chain => string.Equals(chain.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <param name="contracts">The section.</param>
    /// <param name="shipped">The same section as it comes with the program: watched things for the main net, and rules.</param>
    /// <param name="chains">As the settings name them.</param>
    /// <param name="readAbi">Reads an ABI from a file, or says what is wrong with it.</param>
    public static WatchSettings Read(SettingsReader contracts, SettingsReader shipped, IReadOnlyList<WatchedChain> chains, Func<string, AbiJsonReading> readAbi)
    {
        contracts.Knows("Watch", "Rules", "ProbeEvery", "Explorers", "ShippedRules");
        var explorers = contracts.Pairs("Explorers");
        foreach (var (name, url) in explorers)
        {
            if (chains.Count > 0 && chains.All(chain => !string.Equals(chain.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                contracts.Fault($"Explorers:{name}", $"there is no chain \"{name}\"; {Names(chains)}");
            }

            if (!url.Contains("{hash}", StringComparison.Ordinal) || !Uri.TryCreate(url, UriKind.Absolute, out _))
            {
                contracts.Fault($"Explorers:{name}", $"\"{url}\" is not an address with {{hash}} in it: write it as https://etherscan.io/tx/{{hash}}");
            }
        }

        var known = chains.Select(chain => explorers.FirstOrDefault(each => string.Equals(each.Key, chain.Name, StringComparison.OrdinalIgnoreCase)) is { Value: { } url } ? chain with { Explorer = url } : chain).ToList();
        var own = contracts.Sections("Watch").ToList();
        var things = own.Select(watch => ReadThing(watch, known)).OfType<WatchedThing>().ToList();
        if (own.Count == 0)
        {
            things.AddRange(known.Where(chain => chain.Id == Mainnet).Take(1).SelectMany(chain => shipped.Sections("Watch").Select(watch => ReadThing(watch, [chain])).OfType<WatchedThing>().Select(thing => thing with { Origin = "shipped" })));
        }

        foreach (var twice in things.GroupBy(thing => thing.Key).Where(same => same.Count() > 1))
        {
            contracts.Fault("Watch", $"{twice.First().Address} is named {twice.Count()} times");
        }

        var abis = new Dictionary<string, ContractAbi>();
        foreach (var (watch, name) in own.SelectMany(watch => NamesOf(watch.Text("Abi")).Select(name => (watch, name))).Where(each => BundledAbis.Find(each.name) is null))
        {
            if (readAbi(name) is { Abi: { } abi })
            {
                abis[name] = abi;
            }
            else
            {
                watch.Fault("Abi", $"{string.Join("; ", readAbi(name).Faults)} (\"{name}\" is no bundled name either; those are {string.Join(", ", BundledAbis.All.Select(each => each.Name).Order(StringComparer.Ordinal))})");
            }
        }

        return new(
            known,
            [.. things.DistinctBy(thing => thing.Key)],
            RuleSettings.Read(contracts, "the settings"),
            contracts.Flag("ShippedRules", true) ? RuleSettings.Read(shipped, Rule.ShippedOrigin) : [])
        {
            Abis = abis,
            ProbeEvery = contracts.Number("ProbeEvery", 25, 1, 100_000),
        };
    }

    private static string[] NamesOf(string? abis) => abis?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>"there are main, test".</summary>
    public static string Names(IReadOnlyList<WatchedChain> chains) => chains.Count == 1 ? $"there is {chains[0].Name}" : $"there are {string.Join(", ", chains.Select(chain => chain.Name))}";

    private static WatchedThing? ReadThing(SettingsReader watch, List<WatchedChain> chains)
    {
        watch.Knows("Address", "Label", "Chain", "Kind", "Purpose", "Criticality", "Escalation", "Abi", "Expect", "Least");
        if (watch.Text("Address") is not { } text || !Address.TryParse(text, out var address))
        {
            watch.Fault("Address", watch.Text("Address") is { } wrong ? Address.Fault(wrong) : "it is missing");
            return null;
        }

        var label = watch.Text("Label") ?? address.ToString();
        if (label.Length > LongestLabel || label.Contains(',', StringComparison.Ordinal))
        {
            watch.Fault("Label", $"\"{label}\" is not a label: at most {LongestLabel} characters and no comma, which rules use between labels");
        }

        var kind = Word(watch, "Kind", ContractKind.Contract);
        var criticality = Word(watch, "Criticality", Criticality.Medium);
        var escalation = watch.Text("Escalation");
        if (escalation is not null && !(Uri.TryCreate(escalation, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            watch.Fault("Escalation", $"\"{escalation}\" is not the address of a document: write it as https://…");
        }

        var least = new List<Amount>();
        foreach (var amount in watch.List("Least") ?? [])
        {
            if (Amount.Read(amount) is { Symbol.Length: > 0 } read)
            {
                least.Add(read);
            }
            else
            {
                watch.Fault("Least", $"\"{amount}\" is not an amount: write it as 100 ETH or 5000 SNT");
            }
        }

        var chain = ChainOf(watch, chains);
        return chain is null ? null : new(chain.Name, address, label, kind)
        {
            Purpose = watch.Text("Purpose"),
            Criticality = criticality,
            Escalation = escalation,
            Abi = watch.Text("Abi"),
            Expect = watch.Pairs("Expect").ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
            Least = least,
        };
    }

    /// <summary>Without any chain nothing is wrong with what is to be watched: it is only not watched yet.</summary>
    private static WatchedChain? ChainOf(SettingsReader watch, List<WatchedChain> chains)
    {
        if (chains.Count == 0 || (watch.Text("Chain") is null && chains.Count == 1))
        {
            return chains.FirstOrDefault();
        }

        var chain = chains.FirstOrDefault(each => string.Equals(each.Name, watch.Text("Chain"), StringComparison.OrdinalIgnoreCase));
        if (chain is null)
        {
            watch.Fault("Chain", watch.Text("Chain") is { } name ? $"there is no chain \"{name}\"; {Names(chains)}" : $"it is missing; {Names(chains)}");
        }

        return chain;
    }

    private static T Word<T>(SettingsReader watch, string key, T otherwise)
        where T : struct, Enum
    {
        if (watch.Text(key) is not { } text)
        {
            return otherwise;
        }

        if (Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]))
        {
            return value;
        }

        watch.Fault(key, $"\"{text}\" is none of {(typeof(T) == typeof(Criticality) ? string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant() : string.Join(", ", Enum.GetNames<T>()))}");
        return otherwise;
    }
}

/// <param name="Name">As the settings call it.</param>
/// <param name="Id">Its chain id.</param>
public sealed record WatchedChain(string Name, long Id)
{
    private static readonly Dictionary<long, string> Known = new()
    {
        [1] = "https://etherscan.io/tx/{hash}",
        [10] = "https://optimistic.etherscan.io/tx/{hash}",
        [100] = "https://gnosisscan.io/tx/{hash}",
        [137] = "https://polygonscan.com/tx/{hash}",
        [8453] = "https://basescan.org/tx/{hash}",
        [42161] = "https://arbiscan.io/tx/{hash}",
        [59144] = "https://lineascan.build/tx/{hash}",
        [11155111] = "https://sepolia.etherscan.io/tx/{hash}",
    };

    /// <summary>Where people look at a transaction, with {hash} in its place; null where nobody has said.</summary>
    public string? Explorer { get; init; } = Known.GetValueOrDefault(Id);

    public string? LinkOf(Word hash) => Explorer?.Replace("{hash}", hash.ToString(), StringComparison.Ordinal);
}
