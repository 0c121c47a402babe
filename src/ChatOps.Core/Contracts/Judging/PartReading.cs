using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Watching;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>Takes a decoded transaction apart into what has to be judged. Everything that touches a watched thing ends in a part, so that nothing passes unjudged.</summary>
internal static class PartReading
{
    public static JudgedFacts Of(TouchingTransaction touching, TransactionReading reading, Watched watched)
    {
        var parts = new List<Part>();
        var truth = new CallTruth(touching, reading, watched);
        var traced = reading.Inside.ToLookup(inside => (inside.From, inside.Call.To, inside.Call.Function ?? inside.Call.Selector));
        var shown = new HashSet<InsideCall>(ReferenceEqualityComparer.Instance);
        Walk(reading.Call, touching.Transaction.From, outer: null, isCertain: touching.Receipt.Succeeded);
        foreach (var inside in reading.Inside.Where(inside => !shown.Contains(inside)))
        {
            Add(inside.Call, inside.From, !inside.Failed, outer: null);
        }

        for (var i = 0; i < reading.Events.Count; i++)
        {
            AddEvent(reading.Events[i], touching.Receipt.Logs[i]);
        }

        // A wallet's own word says that there was something to be seen, whatever a trace shows or leaves out.
        List<WatchedThing> unseen = [.. truth.ActedUnseen([.. reading.Inside.Where(inside => !inside.Failed && !shown.Contains(inside)).Select(inside => inside.Call)])];
        if (touching.Calls?.Any(call => call.IsCut) == true || (parts.Count == 0 && unseen.Count == 0))
        {
            unseen.AddRange(touching.Touched.Select(Find).OfType<WatchedThing>().Take(1));
        }

        parts.AddRange(unseen.Distinct().Select(thing => new Part(false, [thing], Part.Unseen, null, [], touching.Transaction.From, 0, []) { Target = thing.Address }));
        return new(touching.Chain, touching.Block.At, touching.Receipt.Succeeded, parts);

        WatchedThing? Find(Address address) => watched.Find(touching.Chain, address);

        void Walk(DecodedCall call, Address caller, DecodedCall? outer, bool isCertain)
        {
            // What a trace shows once more is one call, and it is certain that it was made.
            var same = traced[(caller, call.To, call.Function ?? call.Selector)].FirstOrDefault(each => each.IsOf(call) && !shown.Contains(each));
            if (same is not null && outer is not null)
            {
                shown.Add(same);
            }

            var ran = outer is null || touching.Calls is null ? isCertain : same is { Failed: false };
            Add(call, caller, ran, outer);
            var carries = ran && truth.Carries(call);
            foreach (var inner in call.Inner)
            {
                // The calls inside a call are made by what was called, and those of code that runs as the caller by the caller.
                Walk(inner, call.IsDelegate ? caller : call.To ?? caller, call, carries);
            }
        }

        void Add(DecodedCall call, Address caller, bool ran, DecodedCall? outer)
        {
            var target = call.To ?? touching.Receipt.Created;
            WatchedThing?[] about = [target is { } to ? Find(to) : null, Find(caller) is { IsWallet: true } wallet ? wallet : null];
            List<WatchedThing> things = [.. about.OfType<WatchedThing>().Distinct()];
            if (things.Count > 0)
            {
                var (signature, oddities) = Read(call, caller);
                parts.Add(new(false, things, signature, call.Selector, call.Arguments, caller, call.Value, oddities) { Target = target, Ran = ran && touching.Receipt.Succeeded, Signing = ran ? null : SigningOf(outer) });
            }
        }

        // What a wallet of 2017 is asked for and did not do yet.
        string? SigningOf(DecodedCall? outer) => touching.Receipt.Succeeded && outer is { To: { } to } && Find(to) is { Kind: ContractKind.MultiSig }
            ? outer.Name switch { "submitTransaction" => "proposes", "confirmTransaction" => "confirms", _ => null }
            : null;

        (string? Signature, IReadOnlyList<Oddity> Oddities) Read(DecodedCall call, Address caller) => call switch
        {
            { To: null } => (Part.Create, call.Oddities),
            // An account has no functions: a stranger's calldata does nothing there. Where it fails there was code after all, and what an account does itself is a part of its own.
            { IsDelegate: false, To: { } account } when touching.Receipt.Succeeded && Find(account) is { Kind: ContractKind.Account } && Find(caller) is null =>
                call.Selector is not null && reading.Coded.Contains(account) ? (null, [new Oddity(OddityKind.Unknown, $"this account runs code (EIP-7702), and what that does with {call.Selector} nobody knows")]) : (Part.Receive, []),
            { Selector: null, Function: null } when !call.Oddities.Any(odd => odd.Kind is OddityKind.Undecodable or OddityKind.Unknown) => (Part.Receive, call.Oddities),
            // Safe's own batching contract makes the calls that are listed; what any other makes of such a list nobody knows.
            { Function: TransactionReading.MultiSend, To: { } batch } when Find(batch) is null => call.IsDelegate && call.Value.IsZero && reading.Batches.Contains(batch)
                ? (call.Function, [.. call.Oddities.Where(odd => odd.Kind != OddityKind.DelegateCall)])
                : (null, [.. call.Oddities, new Oddity(OddityKind.Unknown, $"a batch is handed to {batch}, and that it only makes the calls that are listed is not certain")]),
            _ => (call.Function, call.Oddities),
        };

        void AddEvent(DecodedEvent said, ChainLog log)
        {
            if (Find(said.Emitter) is { } emitter)
            {
                parts.Add(new(true, [emitter], said.Event, null, said.Arguments, touching.Transaction.From, 0, said.Oddities) { Target = said.Emitter, Ran = true });
                return;
            }

            // Any token's transfer to or from a watched address, and any allowance that one gives; which token it is, its contract says and nobody vouches for.
            var (first, second) = WatchedAddresses.SidesOf(log);
            var moves = log.Topics.Count > 0 && log.Topics[0] == WatchedAddresses.Transfer;
            Address?[] sides = moves ? [first, second] : [first];
            if (sides.OfType<Address>().Select(Find).OfType<WatchedThing>().Distinct().ToList() is { Count: > 0 } things)
            {
                // Bait is often not written as a token writes: then its topics say who is meant, and how much nobody knows.
                var (signature, arguments) = (moves, said.Arguments.Count) switch
                {
                    (true, > 0) => (TransactionReading.Transfer, said.Arguments),
                    (true, _) => (Part.BareTransfer, Named("from", first, "to", second)),
                    (false, > 0) => (TransactionReading.Approval, said.Arguments),
                    (false, _) => (Part.BareApproval, Named("owner", first, "spender", second)),
                };
                parts.Add(new(true, things, signature, null, arguments, touching.Transaction.From, 0, []) { IsForeign = true, Target = said.Emitter, Ran = true });
            }
        }
    }

    private static IReadOnlyList<DecodedArgument> Named(string one, Address? first, string other, Address? second) =>
        [.. new[] { (Name: one, Side: first), (Name: other, Side: second) }.Where(each => each.Side is not null).Select(each => new DecodedArgument(each.Name, "address", new AbiValue.Account(each.Side!.Value)))];
}

/// <summary>A transaction in words that can be judged.</summary>
/// <param name="Call">What was called, with the calls that it carries.</param>
/// <param name="Inside">The traced calls that reached something watched or that a watched wallet made, with their callers.</param>
/// <param name="Events">What was emitted: one for each log, in their order.</param>
/// <param name="Batches">Targets that only make the calls that are listed.</param>
/// <param name="Coded">Watched accounts that were called and at which code stands.</param>
public sealed record TransactionReading(DecodedCall Call, IReadOnlyList<InsideCall> Inside, IReadOnlyList<DecodedEvent> Events, IReadOnlySet<Address> Batches, IReadOnlySet<Address> Coded)
{
    internal const string MultiSend = "multiSend(bytes)";
    internal const string Transfer = "Transfer(address,address,uint256)";
    internal const string Approval = "Approval(address,address,uint256)";
}
