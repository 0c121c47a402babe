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

    private static readonly Word Confirmation = Keccak.Hash("Confirmation(address,uint256)");
    private static readonly Word Revocation = Keccak.Hash("Revocation(address,uint256)");
    private static readonly Word Execution = Keccak.Hash("Execution(uint256)");

    /// <summary>What was proposed under a number: as it was seen, else as the wallet itself says; null where neither is known.</summary>
    public async Task<CallPayload?> Find(string chain, Address wallet, BigInteger number, IChainClient? client, Word block, CancellationToken cancel)
    {
        if (await store.Find<Proposal>(Proposal.IdOf(chain, wallet, number), cancel) is { Payload: { } known })
        {
            return known;
        }

        try
        {
            var input = Keccak.Hash("transactions(uint256)").ToBytes()[..4].Concat(Word.Of(number).ToBytes()).ToArray();
            return client is not null && await client.Call(wallet, input, block, cancel) is { } answer ? CallPayload.OfStored(answer) : null;
        }
        catch (ChainException)
        {
            // Then it is an unknown proposal, which is abnormal: nothing is missed by it.
            return null;
        }
    }

    /// <summary>Takes in what a transaction proposes and who signs by it. Seen again it changes nothing.</summary>
    public async Task Learn(TouchingTransaction touching, DecodedCall call, CancellationToken cancel)
    {
        if (!touching.Receipt.Succeeded)
        {
            return;
        }

        foreach (var learned in Proposals.Learned(touching, call))
        {
            // The same number with another payload: the block in which it was first seen is gone.
            await Change(touching.Chain, learned.Wallet, learned.Id, before => before.Payload is { } known && Same(known, learned.Payload) ? before : new Proposal(before.Id, learned.Payload) { Version = before.Version }, cancel);
        }

        foreach (var entry in touching.Receipt.Logs)
        {
            if (entry.Topics is [var signed, var who, var number] && who.ToAddress() is { } owner && (signed == Confirmation || signed == Revocation))
            {
                await Change(touching.Chain, entry.Address, number.ToNumber(), before => before with
                {
                    SignedBy = signed == Confirmation ? [.. before.SignedBy.Where(each => each != owner), owner] : [.. before.SignedBy.Where(each => each != owner)],
                }, cancel);
            }
            else if (entry.Topics is [var done, var executed] && done == Execution)
            {
                await Change(touching.Chain, entry.Address, executed.ToNumber(), before => before with { IsDone = true }, cancel);
            }
        }
    }

    /// <summary>How far the signing of what a transaction is about has come.</summary>
    public async Task<IReadOnlyList<SigningState>> Of(TouchingTransaction touching, DecodedCall call, Watched watched, CancellationToken cancel)
    {
        var states = new List<SigningState>();
        foreach (var (wallet, number) in Numbers(touching, call).Distinct())
        {
            if (watched.Find(touching.Chain, wallet) is { } thing && await store.Find<Proposal>(Proposal.IdOf(touching.Chain, wallet, number), cancel) is { } proposal)
            {
                var needed = (await store.Find<WatchedState>(thing.Key, cancel))?.Values.GetValueOrDefault("required")?.Value;
                states.Add(new(thing.Label, number.ToString(), [.. proposal.SignedBy.Select(owner => watched.NameOf(touching.Chain, owner))], int.TryParse(needed, out var count) ? count : null, proposal.IsDone));
            }
        }

        return states;
    }

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
