using System.Collections.Concurrent;
using System.Numerics;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Watching;
using Microsoft.Extensions.Logging;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>
/// Decodes transactions with what is known of their contracts at that block; it changes nothing. The decoder asks while it reads; what it asked for and nobody knew yet is fetched from
/// the store or the chain, and it reads again.
/// </summary>
internal sealed partial class TransactionReader(IEnumerable<IChainClient> chains, ProposalMemory proposals, WatchSettings settings, ILogger<TransactionReader> log)
{
    // A proposal may confirm a proposal of another wallet, which may batch: each step deeper asks once more.
    private const int Rounds = 6;
    private const int MostKnown = 2_000;
    private const int MostAsked = 20;

    // What a wallet of ours calls and nobody watches: read as what it most likely is, so that people see words. No rule is about such a contract by itself.
    private static readonly string[] Guesses = ["Erc20", "Erc721", "MultiSend", "SafeGuard"];

    private readonly ConcurrentDictionary<(string Chain, Address Address), bool> _batches = new();

    public IChainClient? Client(string chain) => chains.FirstOrDefault(client => client.Chain == chain);

    /// <param name="touching">The transaction.</param>
    /// <param name="watched">What is watched.</param>
    /// <param name="online">Whether the chain may be asked; a replay over what is stored does without.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public async Task<TransactionReading> Read(TouchingTransaction touching, Watched watched, bool online, CancellationToken cancel)
    {
        var client = online ? Client(touching.Chain) : null;
        var abis = new Dictionary<Address, IReadOnlyList<ContractAbi>>();
        var known = new Dictionary<(Address, BigInteger), CallPayload?>();
        for (var round = 0; ; round++)
        {
            HashSet<Address> needs = [];
            HashSet<(Address Wallet, BigInteger Id)> needsProposals = [];
            var decoder = new CallDecoder(Abis, Proposed);
            var call = decoder.Decode(touching.Transaction);
            var inside = InsideCalls.Of(touching, watched, decoder);
            var events = decoder.DecodeLogs(touching.Receipt.Logs);
            if (round == Rounds || needs.Count + needsProposals.Count == 0)
            {
                IReadOnlyList<DecodedCall> all = [.. call.All, .. inside.Select(each => each.Call)];
                return new(call, inside, events, await Batches(all, touching, client, cancel), await Coded(all, touching, watched, client, cancel));
            }

            foreach (var address in needs)
            {
                abis[address] = await AbisOf(touching, address, watched, client, cancel);
            }

            // A list may name hundreds, each a question: beyond some they are what was never seen.
            foreach (var (wallet, id) in needsProposals.Where(each => !known.ContainsKey(each)).Take(Math.Max(0, MostAsked - known.Count)))
            {
                known[(wallet, id)] = await proposals.Find(touching.Chain, wallet, id, client, touching.Block.Hash, cancel);
            }

            IReadOnlyList<ContractAbi> Abis(Address address)
            {
                if (!abis.TryGetValue(address, out var found))
                {
                    needs.Add(address);
                }

                return found ?? [];
            }

            CallPayload? Proposed(Address wallet, BigInteger id)
            {
                if (!known.TryGetValue((wallet, id), out var payload))
                {
                    needsProposals.Add((wallet, id));
                }

                return payload;
            }
        }
    }

    private async Task<IReadOnlyList<ContractAbi>> AbisOf(TouchingTransaction touching, Address address, Watched watched, IChainClient? client, CancellationToken cancel)
    {
        if (watched.Find(touching.Chain, address) is not { } thing)
        {
            return SafeDeployments.Find(address) is { Abi: { } safe } ? [safe] : [.. Guesses.Select(BundledAbis.Find).OfType<ContractAbi>()];
        }

        List<ContractAbi?> abis = [.. settings.AbisOf(thing), BundledAbis.Find(thing.Kind.ToString())];
        if (thing.Kind == ContractKind.Proxy && client is not null && await Implementation(client, thing, touching.Block, cancel) is { } implementation && watched.Find(touching.Chain, implementation) is { } behind)
        {
            abis.AddRange(settings.AbisOf(behind));
            abis.Add(BundledAbis.Find(behind.Kind.ToString()));
        }

        return [.. abis.OfType<ContractAbi>().Distinct()];
    }

    /// <summary>Whose code a proxy runs at that block: it names that itself, or the beacon that does.</summary>
    private async Task<Address?> Implementation(IChainClient client, WatchedThing thing, BlockRef block, CancellationToken cancel)
    {
        try
        {
            if ((await client.Storage(thing.Address, Probe.ImplementationSlot, block.Hash, cancel)).ToAddress() is { IsZero: false } own)
            {
                return own;
            }

            return (await client.Storage(thing.Address, Probe.BeaconSlot, block.Hash, cancel)).ToAddress() is { IsZero: false } beacon
                && await client.Call(beacon, Keccak.Hash("implementation()").ToBytes().AsMemory(0, 4), block.Hash, cancel) is { Length: Word.Length } answer ? new Word(answer.Span).ToAddress() : null;
        }
        catch (ChainException fault)
        {
            LogNotRead(fault, thing.Label);
            return null;
        }
    }

    /// <summary>Those targets that are Safe's own batching contract: their code only makes the calls that are listed.</summary>
    private async Task<IReadOnlySet<Address>> Batches(IReadOnlyList<DecodedCall> calls, TouchingTransaction touching, IChainClient? client, CancellationToken cancel)
    {
        var trusted = new HashSet<Address>();
        foreach (var target in calls.Where(each => each is { Function: TransactionReading.MultiSend, To: not null }).Select(each => each.To!.Value).Distinct().Take(MostAsked))
        {
            if (SafeBatches.IsKnown(target) || await IsBatch(touching, target, client, cancel))
            {
                trusted.Add(target);
            }
        }

        return trusted;
    }

    /// <summary>Those watched accounts among the targets that run code: since EIP-7702 an account may, and then a stranger's calldata does something there.</summary>
    private async Task<IReadOnlySet<Address>> Coded(IReadOnlyList<DecodedCall> calls, TouchingTransaction touching, Watched watched, IChainClient? client, CancellationToken cancel)
    {
        var coded = new HashSet<Address>();
        foreach (var account in calls.Where(each => each is { Selector: not null, To: not null }).Select(each => each.To!.Value).Distinct().Where(to => watched.Find(touching.Chain, to) is { Kind: ContractKind.Account }))
        {
            try
            {
                if (client is not null && !(await client.Code(account, touching.Block.Hash, cancel)).IsEmpty)
                {
                    coded.Add(account);
                }
            }
            catch (ChainException fault)
            {
                LogNotRead(fault, account.ToString());
            }
        }

        return coded;
    }

    private async Task<bool> IsBatch(TouchingTransaction touching, Address target, IChainClient? client, CancellationToken cancel)
    {
        var key = (touching.Chain, target);
        if (_batches.TryGetValue(key, out var known) || client is null)
        {
            return known;
        }

        try
        {
            var batch = SafeBatches.CodeHashes.Contains(Keccak.Hash((await client.Code(target, touching.Block.Hash, cancel)).Span));
            if (_batches.Count < MostKnown)
            {
                _batches[key] = batch;
            }

            return batch;
        }
        catch (ChainException fault)
        {
            LogNotRead(fault, target.ToString());
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{What} could not be read while a transaction was decoded; it is judged without")]
    private partial void LogNotRead(Exception fault, string what);
}
