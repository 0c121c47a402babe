using System.Collections.Concurrent;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Contracts.Watching;

/// <summary>Every so many blocks: who controls what is watched, and how much is in it. What has changed without a transaction that told of it is an alert.</summary>
internal sealed partial class StateProbes(
    IStore store, Decider decider, WatchList list, WatchSettings settings, AlertIntake alerts, AlertSettings routes, TimeProvider clock, ILogger<StateProbes> log)
{
    // While many blocks are caught up with, most endpoints know no state of so long ago: it is tried now and then.
    private static readonly Duration BetweenTries = Duration.FromSeconds(2);

    // So many one after the other: it is the chain that does not answer.
    private const int MostFaults = 3;

    private readonly ConcurrentDictionary<string, (long Block, Instant At)> _last = [];
    private readonly ConcurrentDictionary<string, bool> _asked = [];

    /// <summary>A block was read: probes at it when it is time.</summary>
    public async Task Passed(IChainClient chain, BlockRef block, CancellationToken cancel)
    {
        var now = clock.Now();
        var watched = await list.Read(cancel);
        var things = watched.All.Where(thing => thing.Chain == chain.Chain).ToList();
        var known = _last.TryGetValue(chain.Chain, out var last);
        var far = block.Number >= last.Block + settings.ProbeEvery || block.Number < last.Block;
        if (things.Count == 0 || (known && !(now - last.At >= BetweenTries && (far || _asked.TryRemove(chain.Chain, out _)))))
        {
            return;
        }

        _last[chain.Chain] = (block.Number, now);
        try
        {
            await Probe(chain, block, things, watched, now, cancel);
        }
        catch (ChainException fault)
        {
            LogNotRead(fault, chain.Chain, block.Number);
        }
    }

    /// <summary>Something new is watched: it is read with the next block.</summary>
    public void Ask(string chain) => _asked[chain] = true;

    /// <summary>Says that a thing's state is right as it is.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, ProbedValue>>> Confirm(WatchedThing thing, CancellationToken cancel)
    {
        var drifted = new List<KeyValuePair<string, ProbedValue>>();
        var decision = await decider.Change<WatchedState>(
            thing.Key,
            state =>
            {
                drifted = [.. state.Values.Where(value => value.Value.Drifts)];
                return new Decision<WatchedState>.Changed(state.Confirm(drifted.Select(value => KeyValuePair.Create(value.Key, value.Value.Value)), new Dictionary<string, string>()));
            },
            Markup.Empty,
            cancel);
        if (decision is Decision<WatchedState>.Changed changed)
        {
            await Tell(thing, changed.Next, list.Now, cancel);
        }

        return drifted;
    }

    private async Task Probe(IChainClient chain, BlockRef block, IReadOnlyList<WatchedThing> things, Watched watched, Instant now, CancellationToken cancel)
    {
        var first = new List<(WatchedThing Thing, WatchedState State)>();
        var faults = 0;
        foreach (var thing in things)
        {
            var before = await store.Find<WatchedState>(thing.Key, cancel);
            if (before is not null && before.Block > block.Number)
            {
                // Blocks are read again: what was so before the last reading says nothing of now. A chain that began anew is probed when it is as high again; times may be wrong.
                continue;
            }

            Dictionary<string, string> values;
            Dictionary<string, System.Numerics.BigInteger> balances;
            try
            {
                values = await StateReading.Values(chain, thing, block.Hash, cancel);
                balances = await StateReading.Balances(chain, thing, watched, block.Hash, cancel);
                faults = 0;
            }
            catch (ChainException fault) when (++faults < MostFaults)
            {
                // One that cannot be read keeps none of the others from being read.
                LogThingNotRead(fault, thing.Label, block.Number);
                continue;
            }

            var state = (before ?? new WatchedState(thing.Key, block.Number, block.At, new Dictionary<string, ProbedValue>())).Read(block.Number, block.At, values, balances, thing.Expect);
            if (before is null)
            {
                first.Add((thing, state));
            }
            else if (await decider.Store([state], cancel))
            {
                await Tell(thing, state, watched, cancel);
            }
        }

        if (first.Count > 0 && await decider.Store([.. first.Select(each => each.State), First(chain.Chain, block, first, watched, now)], cancel))
        {
            foreach (var (thing, state) in first)
            {
                await Tell(thing, state, watched, cancel);
            }
        }
    }

    /// <summary>Raises or ends the alerts about a thing's state; saying again what stands changes nothing.</summary>
    private async Task Tell(WatchedThing thing, WatchedState state, Watched watched, CancellationToken cancel)
    {
        foreach (var (name, value) in state.Values)
        {
            await alerts.Receive([ContractSignals.Drift(thing, name, value, watched)], cancel);
        }

        foreach (var least in thing.Least)
        {
            var unit = least.Symbol == "ETH" ? "ETH" : watched.All.FirstOrDefault(token => token.Chain == thing.Chain && StateReading.IsOf(least, token))?.Label;
            if (unit is not null && state.BalanceAt(unit, state.At) is { } balance)
            {
                await alerts.Receive([ContractSignals.Low(thing, least, least with { Units = balance })], cancel);
            }
        }
    }

    /// <summary>What is true at first sight, for people to confirm.</summary>
    private Announcement First(string chain, BlockRef block, List<(WatchedThing Thing, WatchedState State)> things, Watched watched, Instant now) => new(
        $"watch/first/{chain}/{block.Hash}", "watch", routes.Otherwise.Channel,
        new Card($"First look at {things.Count} watched {(things.Count == 1 ? "address" : "addresses")} on {chain}", CardState.Info)
        {
            Text = Markup.Lines(
            [
                Markup.Of($"This is what the chain says at block {block.Number}. I take it as right from now on and raise an alert when it changes without a transaction that tells of it. Please compare it with what you know."),
                .. things.Take(20).Select(each => StateWords.Line(each.Thing, each.State, watched)),
                .. things.Count > 20 ? [Markup.Of($"… and {things.Count - 20} more: `/watch list`")] : Array.Empty<Markup>(),
            ]),
        },
        now)
    { NeverAgain = true };

    [LoggerMessage(LogLevel.Warning, "The state of {Label} could not be read at block {Block}; again later")]
    private partial void LogThingNotRead(Exception fault, string label, long block);

    [LoggerMessage(LogLevel.Warning, "The state of what is watched on {Chain} could not be read at block {Block}; again later")]
    private partial void LogNotRead(Exception fault, string chain, long block);
}
