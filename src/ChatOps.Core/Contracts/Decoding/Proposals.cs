using System.Numerics;
using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>Pairs the numbers that wallets of 2017 gave with what was proposed. A wrong pair would show a harmless call where another is confirmed: in doubt there is none.</summary>
public static class Proposals
{
    private const string Submit = "submitTransaction(address,uint256,bytes)";

    private static readonly AbiFunction Submitting = AbiFunction.Parse("submitTransaction(address destination, uint256 value, bytes data)");
    private static readonly Word Submission = AbiEvent.Parse("Submission(uint256 indexed transactionId)").Topic;
    private static readonly Word Execution = AbiEvent.Parse("Execution(uint256 indexed transactionId)").Topic;

    /// <param name="transaction">With its logs, and its calls inside where the endpoint traces: these are what truly ran.</param>
    /// <param name="call">The same decoded.</param>
    public static IReadOnlyList<LearnedProposal> Learned(TouchingTransaction transaction, DecodedCall call)
    {
        if (!transaction.Receipt.Succeeded)
            return [];

        var logs = transaction.Receipt.Logs;
        var submissions = Ids(logs, Submission).ToLookup(each => each.Wallet, each => each.Id);
        var executed = Ids(logs, Execution).ToHashSet();
        var made = (transaction.Calls is { } traced ? Traced(traced) : Run(call, executed, submissions)).ToLookup(each => each.Wallet, each => each.Payload);

        // The wallet tells its number before it goes on, and so the numbers stand in the order of the calls.
        return [.. submissions.Where(ids => ids.Count() == made[ids.Key].Count())
            .SelectMany(ids => ids.Zip(made[ids.Key], (id, payload) => new LearnedProposal(ids.Key, id, payload)))];
    }

    private static IEnumerable<(Address Wallet, BigInteger Id)> Ids(IReadOnlyList<ChainLog> logs, Word topic) =>
        logs.Where(log => log.Topics.Count == 2 && log.Topics[0] == topic).Select(log => (log.Address, log.Topics[1].ToNumber()));

    private static IEnumerable<(Address Wallet, CallPayload Payload)> Traced(IReadOnlyList<ChainCall> calls)
    {
        var submit = Convert.FromHexString(Submitting.Selector[2..]);
        foreach (var call in calls.Where(call => call is { Failed: false, Kind: "CALL", To: not null } && call.Input.Span.StartsWith(submit)))
        {
            if (Payload(Submitting.DecodeArguments(call.Input[4..]).Arguments) is { } payload)
                yield return (call.To!.Value, payload);
        }
    }

    /// <summary>Those of the calls that ran: what a wallet holds runs only where the wallet says so.</summary>
    private static IEnumerable<(Address Wallet, CallPayload Payload)> Run(DecodedCall call, HashSet<(Address, BigInteger)> executed, ILookup<Address, BigInteger> submissions)
    {
        if (call is { Function: Submit, To: { } wallet } && Payload(call.Arguments) is { } payload)
            yield return (wallet, payload);

        var ran = call switch
        {
            { Name: "submitTransaction", To: { } of } => submissions[of].Any(id => executed.Contains((of, id))),
            { Name: "confirmTransaction" or "executeTransaction", To: { } of, Arguments: [{ Value: AbiValue.Number id }] } => executed.Contains((of, id.Value)),
            { Name: "revokeConfirmation" or "schedule" or "scheduleBatch" } => false,
            _ => true,
        };
        foreach (var below in ran ? call.Inner.SelectMany(inner => Run(inner, executed, submissions)) : [])
        {
            yield return below;
        }
    }

    private static CallPayload? Payload(IReadOnlyList<DecodedArgument> arguments) =>
        arguments is [{ Value: AbiValue.Account to }, { Value: AbiValue.Number value }, { Value: AbiValue.Bytes data }] ? new(to.Value, value.Value, data.Value) : null;
}
