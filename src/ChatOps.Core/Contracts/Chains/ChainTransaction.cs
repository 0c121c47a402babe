using System.Numerics;
using System.Text.Json.Serialization;

namespace ChatOps.Core.Contracts.Chains;

/// <summary>A transaction as its sender signed it.</summary>
/// <param name="Hash">Its hash: its name everywhere.</param>
/// <param name="Index">Where it stands in its block, from 0.</param>
/// <param name="From">Who signed it.</param>
/// <param name="To">What it calls; null: it creates a contract.</param>
/// <param name="Value">Wei that go with it.</param>
/// <param name="Input">Calldata, or the code that creates.</param>
/// <param name="Nonce">How many the sender had sent before.</param>
public sealed record ChainTransaction(Word Hash, int Index, Address From, Address? To, BigInteger Value, ReadOnlyMemory<byte> Input, long Nonce);

/// <summary>What became of a transaction.</summary>
/// <param name="Succeeded">False: everything that it did was undone, and it left no log.</param>
/// <param name="Created">The contract that it created, or null.</param>
/// <param name="Logs">In their order.</param>
public sealed record ChainReceipt(bool Succeeded, Address? Created, IReadOnlyList<ChainLog> Logs);

/// <param name="Address">Who emitted it.</param>
/// <param name="Topics">At most four; the first is an event's signature, unless it is anonymous.</param>
/// <param name="Data">What is not indexed.</param>
/// <param name="Index">Where it stands in its block, from 0.</param>
public sealed record ChainLog(Address Address, IReadOnlyList<Word> Topics, ReadOnlyMemory<byte> Data, int Index);

/// <summary>A call inside a transaction, from a node that traces. Flat, in the order in which they began.</summary>
/// <param name="Kind">CALL, DELEGATECALL, STATICCALL, CALLCODE, CREATE, CREATE2 or SELFDESTRUCT.</param>
/// <param name="Depth">0 is the transaction itself.</param>
/// <param name="From">Who calls.</param>
/// <param name="To">What is called or was created; for SELFDESTRUCT who gets what is left.</param>
/// <param name="Value">Wei that go with it.</param>
/// <param name="Input">Calldata.</param>
/// <param name="Failed">It or one above it was undone.</param>
public sealed record ChainCall(string Kind, int Depth, Address From, Address? To, BigInteger Value, ReadOnlyMemory<byte> Input, bool Failed)
{
    private const string CutKind = "CUT";

    /// <summary>Stands at the end of calls of which not all that are ours could be kept.</summary>
    public static ChainCall Cut { get; } = new(CutKind, 0, Address.Zero, null, 0, default, false);

    [JsonIgnore]
    public bool IsCut => Kind == CutKind;

    /// <summary>Whether it is that transaction, as a trace begins with it: a trace that begins otherwise is of something else.</summary>
    public bool IsItself(ChainTransaction transaction) => Depth == 0 && Kind == (transaction.To is null ? "CREATE" : "CALL") && From == transaction.From
        && (transaction.To is null || To == transaction.To) && Value == transaction.Value && Input.Span.SequenceEqual(transaction.Input.Span);
}
