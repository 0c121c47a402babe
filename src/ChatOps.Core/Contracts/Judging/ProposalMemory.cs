using System.Numerics;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Storage;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>Remembers what was proposed in multisigs, and who has signed.</summary>
internal sealed class ProposalMemory(IStore store)
{
    private const int Attempts = 20;

    // The wallet of 2017 has at most so many owners.
    private const int MostSigners = 50;

    private static readonly Word Confirmation = Keccak.Hash("Confirmation(address,uint256)");
    private static readonly Word Revocation = Keccak.Hash("Revocation(address,uint256)");
    private static readonly Word Execution = Keccak.Hash("Execution(uint256)");

    /// <summary>
    /// What was proposed under a number: as the wallet itself says at that block, else as it was seen. What was seen may have stood in a block that left the chain, and
    /// another proposal may have its number now.
    /// </summary>
    public async Task<CallPayload?> Find(string chain, Address wallet, BigInteger number, IChainClient? client, Word block, CancellationToken cancel)
    {
        try
        {
            var input = Keccak.Hash("transactions(uint256)").ToBytes()[..4].Concat(Word.Of(number).ToBytes()).ToArray();
            if (client is not null && await client.Call(wallet, input, block, cancel) is { Length: > 0 } answer)
            {
                // Nothing where the wallet has no such number: then it is an unknown proposal, which is abnormal.
                return CallPayload.OfStored(answer);
            }
        }
        catch (ChainException)
        {
            // What was seen is all that is known then.
        }

        return (await store.Find<Proposal>(Proposal.IdOf(chain, wallet, number), cancel))?.Payload;
    }

    /// <summary>Takes in what a transaction proposes in watched multisigs and who signs by it. Seen again it changes nothing. What other contracts say about numbers fills no store.</summary>
    public async Task Learn(TouchingTransaction touching, DecodedCall call, Watched watched, CancellationToken cancel)
    {
        if (!touching.Receipt.Succeeded)
        {
            return;
        }

        foreach (var learned in Proposals.Learned(touching, call).Where(learned => IsOurs(learned.Wallet)))
        {
            // The same number with another payload: the block in which it was first seen is gone.
            await Change(touching.Chain, learned.Wallet, learned.Id, before => before.Payload is { } known && Same(known, learned.Payload) ? before : new Proposal(before.Id, learned.Payload) { Version = before.Version }, cancel);
        }

        foreach (var entry in touching.Receipt.Logs.Where(entry => IsOurs(entry.Address)))
        {
            if (entry.Topics is [var signed, var who, var number] && who.ToAddress() is { } owner && (signed == Confirmation || signed == Revocation))
            {
                await Change(touching.Chain, entry.Address, number.ToNumber(), before => before with
                {
                    SignedBy = signed == Confirmation ? [.. before.SignedBy.Where(each => each != owner).TakeLast(MostSigners - 1), owner] : [.. before.SignedBy.Where(each => each != owner)],
                }, cancel);
            }
            else if (entry.Topics is [var done, var executed] && done == Execution)
            {
                await Change(touching.Chain, entry.Address, executed.ToNumber(), before => before with { IsDone = true }, cancel);
            }
        }

        bool IsOurs(Address wallet) => watched.Find(touching.Chain, wallet) is { Kind: ContractKind.MultiSig };
    }

    /// <summary>How far the signing of what a transaction is about has come.</summary>
    public async Task<IReadOnlyList<SigningState>> Of(TouchingTransaction touching, DecodedCall call, Watched watched, CancellationToken cancel)
    {
        var states = new List<SigningState>();
        if (SafeSignatures.Of(touching, call) is { } signed && watched.Find(touching.Chain, signed.Safe) is { Kind: ContractKind.Safe } safe)
        {
            var threshold = await Needed(safe, "threshold", cancel);
            states.Add(new(safe.Label, $"{signed.Hash.ToString()[..10]}…", [.. signed.Signers.Take(threshold ?? signed.Signers.Count).Select(owner => watched.NameOf(touching.Chain, owner))], threshold, signed.IsDone));
        }

        foreach (var (wallet, number) in Numbers(touching, call).Distinct())
        {
            if (watched.Find(touching.Chain, wallet) is { } thing && await store.Find<Proposal>(Proposal.IdOf(touching.Chain, wallet, number), cancel) is { } proposal)
            {
                states.Add(new(thing.Label, number.ToString(), [.. proposal.SignedBy.Select(owner => watched.NameOf(touching.Chain, owner))], await Needed(thing, "required", cancel), proposal.IsDone));
            }
        }

        return states;
    }

    private async Task<int?> Needed(WatchedThing wallet, string probe, CancellationToken cancel) =>
        int.TryParse((await store.Find<WatchedState>(wallet.Key, cancel))?.Values.GetValueOrDefault(probe)?.Value, out var count) ? count : null;

    private static IEnumerable<(Address Wallet, BigInteger Number)> Numbers(TouchingTransaction touching, DecodedCall call) =>
    [
        .. touching.Receipt.Logs.Where(entry => entry.Topics is [var topic, _, _] && (topic == Confirmation || topic == Revocation)).Select(entry => (entry.Address, entry.Topics[2].ToNumber())),
        .. call.All.Where(each => each is { Name: "confirmTransaction" or "executeTransaction" or "revokeConfirmation", To: not null, Arguments: [{ Value: AbiValue.Number }] })
            .Select(each => (each.To!.Value, ((AbiValue.Number)each.Arguments[0].Value).Value)),
    ];

    private async Task Change(string chain, Address wallet, BigInteger number, Func<Proposal, Proposal> change, CancellationToken cancel)
    {
        var id = Proposal.IdOf(chain, wallet, number);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = await store.Find<Proposal>(id, cancel) ?? new Proposal(id, null);
            var after = change(before);
            if ((after.Payload == before.Payload && after.IsDone == before.IsDone && after.SignedBy.SequenceEqual(before.SignedBy) && before.Version > 0)
                || await store.Commit(new Commit().Put(after), cancel) == CommitOutcome.Stored)
            {
                return;
            }
        }

        throw new StoreException($"The proposal {id} changed {Attempts} times while one change was being stored.");
    }

    private static bool Same(CallPayload one, CallPayload other) => one.To == other.To && one.Value == other.Value && one.Input.Span.SequenceEqual(other.Input.Span);
}
