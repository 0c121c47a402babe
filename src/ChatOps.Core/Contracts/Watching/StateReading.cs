using System.Numerics;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Storage;

namespace ChatOps.Core.Contracts.Watching;

/// <summary>Reads watched things' state at a block.</summary>
internal sealed class StateReading(IStore store)
{
    public static async Task<Dictionary<string, string>> Values(IChainClient chain, WatchedThing thing, Word block, CancellationToken cancel)
    {
        var values = new Dictionary<string, string>();
        foreach (var probe in Probe.Of(thing.Kind))
        {
            if (await probe.Ask(chain, thing.Address, block, cancel) is { } value)
            {
                values[probe.Name] = value;
            }
        }

        return values;
    }

    /// <summary>Ether, and of wallets the watched tokens, each by the token's label.</summary>
    public static async Task<Dictionary<string, BigInteger>> Balances(IChainClient chain, WatchedThing thing, Watched watched, Word block, CancellationToken cancel)
    {
        var balances = new Dictionary<string, BigInteger> { ["ETH"] = await chain.Balance(thing.Address, block, cancel) };
        foreach (var token in watched.All.Where(each => each.Chain == thing.Chain && each.Kind is ContractKind.Token or ContractKind.MiniMe && each != thing))
        {
            if ((thing.IsWallet || thing.Least.Any(least => IsOf(least, token))) && await Probe.TokenBalance(chain, token.Address, thing.Address, block, cancel) is { } balance)
            {
                balances[token.Label] = balance;
            }
        }

        return balances;
    }

    /// <summary>Whether an amount is of that token: its label is the symbol, or begins with it.</summary>
    public static bool IsOf(Amount amount, WatchedThing token) =>
        string.Equals(token.Label.Split(' ')[0], amount.Symbol, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a transaction's block changed of the state of what it touched, and of what those control.</summary>
    public async Task<IReadOnlyList<(WatchedThing Thing, string Name, string Before, string After)>> Changed(
        IChainClient chain, BlockRef block, IEnumerable<Address> touched, Watched watched, CancellationToken cancel)
    {
        var near = touched.ToHashSet();
        var changes = new List<(WatchedThing, string, string, string)>();
        foreach (var thing in watched.All.Where(thing => thing.Chain == chain.Chain))
        {
            var isNear = near.Contains(thing.Address)
                || (await store.Find<WatchedState>(thing.Key, cancel))?.Values.Values.Any(value => Address.TryParse(value.Value, out var master) && near.Contains(master)) == true;
            if (!isNear)
            {
                continue;
            }

            var before = await Values(chain, thing, block.Parent, cancel);
            var after = await Values(chain, thing, block.Hash, cancel);
            changes.AddRange(before.Keys.Union(after.Keys)
                .Select(name => (thing, name, before.GetValueOrDefault(name) ?? "none", after.GetValueOrDefault(name) ?? "none"))
                .Where(change => change.Item3 != change.Item4));
        }

        return changes;
    }

    /// <summary>People are told of these values by a transaction's card: they are what is expected from now on.</summary>
    public async Task Told(WatchedThing thing, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        while (await store.Find<WatchedState>(thing.Key, cancel) is { } state
            && await store.Commit(new Commit().Put(state.Confirm(values, thing.Expect)), cancel) == CommitOutcome.Conflict)
        {
            // Somebody else has written it meanwhile: it is read anew.
        }
    }

    /// <summary>A block that people were told of left the chain: what was expected before it is expected again, where nothing else was told since.</summary>
    public async Task Untold(string key, IReadOnlyList<StateChange> changes, CancellationToken cancel)
    {
        while (await store.Find<WatchedState>(key, cancel) is { } state)
        {
            var back = changes.Where(change => state.Values.GetValueOrDefault(change.Name)?.Expected == change.Is).ToList();
            if (back.Count == 0 || await store.Commit(new Commit().Put(state.Expecting(back.Select(change => KeyValuePair.Create(change.Name, change.Was)))), cancel) == CommitOutcome.Stored)
            {
                return;
            }
        }
    }

    /// <summary>"controller: Community Multisig → 0x…", with labels for addresses.</summary>
    public static StateChange Say(WatchedThing thing, string name, string before, string after, Watched watched)
    {
        var (left, right) = (Split(before), Split(after));
        // Of a list only what came and went is said.
        return left.Length > 1 || right.Length > 1
            ? new(thing.Label, name, $"{left.Length}", string.Join(", ", (string[])[$"{right.Length}", .. right.Except(left).Select(each => $"new {Name(each)}"), .. left.Except(right).Select(each => $"gone {Name(each)}")]))
            : new(thing.Label, name, Name(before), Name(after));

        string Name(string value) => Address.TryParse(value, out var address) ? watched.Find(thing.Chain, address) is { } known ? $"{known.Label} ({address})" : address.ToString()
            : name == "totalSupply" && thing.Kind == ContractKind.MiniMe && BigInteger.TryParse(value, out var units) ? new Amount(units, "SNT", 18) { Symbol = thing.Label.Split(' ')[0] }.ToString() : value;

        static string[] Split(string value) => value.Split(", ", StringSplitOptions.RemoveEmptyEntries);
    }
}
