using System.Collections.Frozen;

namespace ChatOps.Core.Contracts.Chains;

/// <summary>What is watched on a chain, made ready to look through many blocks for it.</summary>
public sealed class WatchedAddresses
{
    /// <summary>Transfer(address,address,uint256): of ERC-20 with two indexed parts, of ERC-721 with three.</summary>
    public static readonly Word Transfer = Keccak.Hash("Transfer(address,address,uint256)");

    /// <summary>Approval(address,address,uint256): an owner lets another use what is theirs.</summary>
    public static readonly Word Approval = Keccak.Hash("Approval(address,address,uint256)");

    private readonly FrozenSet<Address> _set;
    private readonly (LogBloom.Trace AsEmitter, LogBloom.Trace AsTopic)[] _traces;
    private readonly LogBloom.Trace _transfer = LogBloom.Trace.Of(Transfer);
    private readonly LogBloom.Trace _approval = LogBloom.Trace.Of(Approval);

    public WatchedAddresses(IReadOnlySet<Address> addresses)
    {
        Source = addresses;
        _set = addresses.ToFrozenSet();
        _traces = [.. _set.Select(address => (LogBloom.Trace.Of(address), LogBloom.Trace.Of(Word.Of(address))))];
    }

    /// <summary>The set that this was made of.</summary>
    public IReadOnlySet<Address> Source { get; }

    public IReadOnlyList<Address> All => _set.Items;

    public bool Has(Address address) => _set.Contains(address);

    public bool Has(Address? address) => address is { } known && _set.Contains(known);

    /// <summary>Whether a log of the block may be of ours: emitted by a watched contract, a transfer from or to a watched address, or an allowance that one gives.</summary>
    public bool MayBeIn(LogBloom bloom)
    {
        var hasParties = bloom.MayHold(_transfer) || bloom.MayHold(_approval);
        foreach (var (asEmitter, asTopic) in _traces)
        {
            if (bloom.MayHold(asEmitter) || (hasParties && bloom.MayHold(asTopic)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Those that a transaction has to do with, each once: sender, receiver, created, emitters, sides of transfers, owners of allowances, parties of the calls inside.</summary>
    public IReadOnlyList<Address> TouchedBy(ChainTransaction transaction, ChainReceipt receipt, IReadOnlyList<ChainCall>? calls)
    {
        IEnumerable<Address?> parties =
        [
            transaction.From,
            transaction.To,
            receipt.Created,
            .. receipt.Logs.SelectMany(log => Parties(log.Topics).Prepend(log.Address)),
            // Whose code runs as somebody else is not touched by that.
            .. (calls ?? []).Where(call => !call.IsCut).SelectMany(call => call.Kind is "DELEGATECALL" or "CALLCODE" ? [call.From] : new[] { call.From, call.To }),
        ];
        return [.. parties.Where(Has).Select(party => party!.Value).Distinct()];
    }

    /// <summary>Whether a log has to do with one of them.</summary>
    public static bool Touches(ChainLog log, IReadOnlySet<Address> watched) => watched.Contains(log.Address) || Parties(log.Topics).Any(party => party is { } known && watched.Contains(known));

    /// <summary>From and to of any token's transfer, owner and spender of an allowance; nothing for another log, or where no address stands.</summary>
    public static (Address? First, Address? Second) SidesOf(ChainLog log) =>
        log.Topics.Count >= 3 && (log.Topics[0] == Transfer || log.Topics[0] == Approval) ? (log.Topics[1].ToAddress(), log.Topics[2].ToAddress()) : (null, null);

    // Whom somebody lets use their tokens has nothing to do with it yet.
    private static Address?[] Parties(IReadOnlyList<Word> topics) => topics.Count < 3 ? []
        : topics[0] == Transfer ? [topics[1].ToAddress(), topics[2].ToAddress()]
        : topics[0] == Approval ? [topics[1].ToAddress()] : [];
}
