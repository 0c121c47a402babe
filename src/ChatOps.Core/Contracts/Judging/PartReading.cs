using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Watching;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>Takes a decoded transaction apart into what has to be judged. Everything that touches a watched thing ends in a part, so that nothing passes unjudged.</summary>
internal static class PartReading
{
    private const string Transfer = "Transfer(address,address,uint256)";

    public static JudgedFacts Of(TouchingTransaction touching, TransactionReading reading, Watched watched)
    {
        var parts = new List<Part>();
        Walk(reading.Call, touching.Transaction.From);
        foreach (var inside in reading.Inside)
        {
            // What a traced call does further is in the trace itself.
            Add(inside.Call, inside.From);
        }

        foreach (var said in reading.Events)
        {
            AddEvent(said);
        }

        if (parts.Count == 0)
        {
            parts.AddRange(touching.Touched.Select(Find).OfType<WatchedThing>().Take(1)
                .Select(thing => new Part(false, [thing], Part.Unseen, null, [], touching.Transaction.From, touching.Transaction.Value, [])));
        }

        return new(touching.Chain, touching.Block.At, touching.Receipt.Succeeded, parts);

        WatchedThing? Find(Address address) => watched.Find(touching.Chain, address);

        void Walk(DecodedCall call, Address caller)
        {
            Add(call, caller);
            foreach (var inner in call.Inner)
            {
                // The calls inside a call are made by what was called, and those of code that runs as the caller by the caller.
                Walk(inner, call.IsDelegate ? caller : call.To ?? caller);
            }
        }

        void Add(DecodedCall call, Address caller)
        {
            WatchedThing?[] about = [call.To is { } to ? Find(to) : touching.Receipt.Created is { } created ? Find(created) : null, Find(caller) is { IsWallet: true } wallet ? wallet : null];
            List<WatchedThing> things = [.. about.OfType<WatchedThing>().Distinct()];
            if (things.Count > 0)
            {
                var signature = call.To is null ? Part.Create : call is { Selector: null, Function: null } && !call.Oddities.Any(odd => odd.Kind is OddityKind.Undecodable or OddityKind.Unknown) ? Part.Receive : call.Function;
                parts.Add(new(false, things, signature, call.Selector, call.Arguments, caller, call.Value, Oddities(call)));
            }
        }

        IReadOnlyList<Oddity> Oddities(DecodedCall call) => call is { IsDelegate: true, Function: "multiSend(bytes)", To: { } batch } && reading.Batches.Contains(batch)
            ? [.. call.Oddities.Where(odd => odd.Kind != OddityKind.DelegateCall)]
            : call.Oddities;

        void AddEvent(DecodedEvent said)
        {
            if (Find(said.Emitter) is { } emitter)
            {
                parts.Add(new(true, [emitter], said.Event, null, said.Arguments, touching.Transaction.From, 0, said.Oddities));
                return;
            }

            // Any token's transfer to or from a watched address; which token it is, its contract says and nobody vouches for.
            if (said.Event == Transfer && Sides(said).Select(Find).OfType<WatchedThing>().Distinct().ToList() is { Count: > 0 } sides)
            {
                parts.Add(new(true, sides, said.Event, null, said.Arguments, touching.Transaction.From, 0, said.Oddities) { IsForeign = true });
            }
        }
    }

    private static IEnumerable<Address> Sides(DecodedEvent said) => said.Arguments.Take(2).Select(argument => argument.Value).OfType<AbiValue.Account>().Select(account => account.Value);
}

/// <summary>A transaction in words that can be judged.</summary>
/// <param name="Call">What was called, with the calls that it carries.</param>
/// <param name="Inside">The traced calls that reached something watched, with their callers.</param>
/// <param name="Events">What was emitted.</param>
/// <param name="Batches">Delegate targets that only make the calls that are listed.</param>
public sealed record TransactionReading(DecodedCall Call, IReadOnlyList<(Address From, DecodedCall Call)> Inside, IReadOnlyList<DecodedEvent> Events, IReadOnlySet<Address> Batches);
