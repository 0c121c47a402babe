using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>
/// Pairs what a token says with the call that made it say so. A payout that a rule calls normal is normal as a whole: the transfer that its call brought about, of
/// the same token with the same parties and amount, needs no rule of its own. One call explains one event.
/// </summary>
internal static class Explanation
{
    /// <summary>The calls that explain events, by the event.</summary>
    public static IReadOnlyDictionary<Part, Part> Of(IReadOnlyList<Part> parts)
    {
        var found = new Dictionary<Part, Part>(ReferenceEqualityComparer.Instance);
        var taken = new HashSet<Part>(ReferenceEqualityComparer.Instance);
        foreach (var said in parts.Where(part => part is { IsEvent: true, Oddities: [], Arguments.Count: 3 }))
        {
            if (parts.FirstOrDefault(call => call is { IsEvent: false, Ran: true } && call.Target == said.Target && !taken.Contains(call) && Explains(call, said)) is { } cause)
            {
                taken.Add(cause);
                found[said] = cause;
            }
        }

        return found;
    }

    private static bool Explains(Part call, Part said)
    {
        var (caller, by) = (new AbiValue.Account(call.Caller), call.Arguments.Select(argument => argument.Value).ToList());
        List<AbiValue>? brought = (said.Signature, call.Signature) switch
        {
            (TransactionReading.Transfer, "transfer(address,uint256)") => [caller, .. by],
            (TransactionReading.Transfer, "transferFrom(address,address,uint256)") => by,
            (TransactionReading.Approval, "approve(address,uint256)") => [caller, .. by],
            (TransactionReading.Approval, "approveAndCall(address,uint256,bytes)") => [caller, .. by.Take(2)],
            _ => null,
        };
        return brought is not null && brought.SequenceEqual(said.Arguments.Select(argument => argument.Value));
    }
}
