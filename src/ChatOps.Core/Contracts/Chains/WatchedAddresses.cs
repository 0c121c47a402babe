using System.Collections.Frozen;

namespace ChatOps.Core.Contracts.Chains;

/// <summary>What is watched on a chain, made ready to look through many blocks for it.</summary>
public sealed class WatchedAddresses
{
    /// <summary>Transfer(address,address,uint256): of ERC-20 with two indexed parts, of ERC-721 with three.</summary>
    public static readonly Word Transfer = Keccak.Hash("Transfer(address,address,uint256)");

    private readonly FrozenSet<Address> _set;
    private readonly (LogBloom.Trace AsEmitter, LogBloom.Trace AsTopic)[] _traces;
    private readonly LogBloom.Trace _transfer = LogBloom.Trace.Of(Transfer);

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

    /// <summary>Whether a log of the block may be of ours: emitted by a watched contract, or a transfer from or to a watched address.</summary>
    public bool MayBeIn(LogBloom bloom)
    {
        var hasTransfer = bloom.MayHold(_transfer);
        foreach (var (asEmitter, asTopic) in _traces)
        {
            if (bloom.MayHold(asEmitter) || (hasTransfer && bloom.MayHold(asTopic)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Those that a transaction has to do with, each once: sender, receiver, created, emitters, sides of transfers, parties of the calls inside.</summary>
    public IReadOnlyList<Address> TouchedBy(ChainTransaction transaction, ChainReceipt receipt, IReadOnlyList<ChainCall>? calls)
    {
        IEnumerable<Address?> parties =
        [
            transaction.From,
            transaction.To,
            receipt.Created,
            .. receipt.Logs.SelectMany(log => TransferSides(log).Prepend(log.Address)).Cast<Address?>(),
            .. (calls ?? []).SelectMany(call => new[] { call.From, call.To }),
        ];
        return [.. parties.Where(Has).Select(party => party!.Value).Distinct()];
    }

    /// <summary>From and to of a token's transfer, whichever token it is; nothing for another log.</summary>
    private static IEnumerable<Address> TransferSides(ChainLog log) =>
        log.Topics.Count >= 3 && log.Topics[0] == Transfer ? log.Topics.Skip(1).Take(2).Select(topic => topic.ToAddress()).OfType<Address>() : [];
}
