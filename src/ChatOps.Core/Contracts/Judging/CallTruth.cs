using System.Numerics;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Watching;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>
/// Tells what was truly called from what only stands in calldata. An unwatched contract may be handed a list of harmless calls and make others: what is inside
/// a call counts only where the code that was called is known to make exactly those.
/// </summary>
internal sealed class CallTruth(TouchingTransaction touching, TransactionReading reading, Watched watched)
{
    private static readonly Word Submission = Keccak.Hash("Submission(uint256)");
    private static readonly Word Execution = Keccak.Hash("Execution(uint256)");
    private static readonly Word Success = Keccak.Hash("ExecutionSuccess(bytes32,uint256)");

    private readonly List<DecodedCall> _made = [];

    /// <summary>Whether a call makes those that it carries; to be asked of each call that is certain itself, from the outside in.</summary>
    public bool Carries(DecodedCall call)
    {
        _made.Add(call);
        return call.To is { } to && (reading.Batches.Contains(to) || (!call.IsDelegate && watched.Find(touching.Chain, to) is { } thing && thing.Kind switch
        {
            ContractKind.MultiSig => Executed(to).Any(id => Names(call, to, id)),
            ContractKind.Safe => call.Name == "execTransaction" && Successes(to) > 0,
            ContractKind.Token or ContractKind.MiniMe => call.Name == "approveAndCall",
            _ => false,
        }));
    }

    /// <summary>The watched wallets that say that they have carried something out by a call that is not among those that are certain. Asked when all have been.</summary>
    /// <param name="traced">Other calls that a trace shows.</param>
    public IEnumerable<WatchedThing> ActedUnseen(IReadOnlyList<DecodedCall> traced) =>
        touching.Receipt.Logs.Select(log => log.Address).Distinct().Select(address => watched.Find(touching.Chain, address)).OfType<WatchedThing>().Where(wallet => wallet.Kind switch
        {
            ContractKind.Safe => Successes(wallet.Address) > _made.Concat(traced).Count(call => call.To == wallet.Address && !call.IsDelegate && call.Name == "execTransaction"),
            ContractKind.MultiSig => Executed(wallet.Address).Any(id => !_made.Concat(traced).Any(call => call.To == wallet.Address && !call.IsDelegate && Names(call, wallet.Address, id))),
            _ => false,
        });

    private bool Names(DecodedCall call, Address wallet, BigInteger id) => call switch
    {
        { Name: "confirmTransaction" or "executeTransaction", Arguments: [{ Value: AbiValue.Number number }] } => number.Value == id,
        { Name: "submitTransaction" } => Numbers(wallet, Submission).Contains(id),
        _ => false,
    };

    private List<BigInteger> Executed(Address wallet) => Numbers(wallet, Execution);

    private List<BigInteger> Numbers(Address wallet, Word topic) =>
        [.. touching.Receipt.Logs.Where(log => log.Address == wallet && log.Topics.Count == 2 && log.Topics[0] == topic).Select(log => log.Topics[1].ToNumber())];

    private int Successes(Address safe) => touching.Receipt.Logs.Count(log => log.Address == safe && log.Topics.Count > 0 && log.Topics[0] == Success);
}
