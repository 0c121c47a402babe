using System.Numerics;

namespace ChatOps.Core.Contracts.Decoding;

/// <summary>A call in words: which function of what, with which arguments, and the calls that it carries or brings about.</summary>
/// <param name="To">What is called; null creates a contract.</param>
/// <param name="Function">Its signature, such as changeController(address); null: no known ABI has this selector, or there is no calldata.</param>
/// <param name="Selector">The first four bytes, 0x and 8 digits; null: there are fewer.</param>
/// <param name="Arguments">In their order; empty where they cannot be read.</param>
/// <param name="Value">Wei that go with it.</param>
/// <param name="Inner">The calls inside: of a multisig's transaction, a batch, an approveAndCall.</param>
/// <param name="Oddities">What is wrong with it or hidden by it, each a reason to look.</param>
public sealed record DecodedCall(
    Address? To, string? Function, string? Selector, IReadOnlyList<DecodedArgument> Arguments, BigInteger Value, IReadOnlyList<DecodedCall> Inner, IReadOnlyList<Oddity> Oddities)
{
    /// <summary>The code of <see cref="To"/> runs as the caller: it may do everything.</summary>
    public bool IsDelegate { get; init; }

    /// <summary>The function's name without its types, or null.</summary>
    public string? Name => Function?[..Function.IndexOf('(', StringComparison.Ordinal)];

    /// <summary>This one and all below it, from the outside in.</summary>
    public IEnumerable<DecodedCall> All => Inner.SelectMany(call => call.All).Prepend(this);
}

/// <param name="Name">As the ABI names it; its place, from 0, where it has no name.</param>
/// <param name="Type">As the ABI writes it: uint256, address[], (address,uint256).</param>
/// <param name="Value">A number, an address, bytes, a text, true or false, or a list of these.</param>
public sealed record DecodedArgument(string Name, string Type, AbiValue Value);

/// <summary>An event in words.</summary>
/// <param name="Emitter">The contract that emitted it.</param>
/// <param name="Event">Its signature, such as Transfer(address,address,uint256); null: none that is known has this topic.</param>
/// <param name="Arguments">In the order of the ABI, indexed ones too; an indexed text, bytes or list is only there as its hash.</param>
/// <param name="Oddities">What is wrong with it.</param>
public sealed record DecodedEvent(Address Emitter, string? Event, IReadOnlyList<DecodedArgument> Arguments, IReadOnlyList<Oddity> Oddities)
{
    public string? Name => Event?[..Event.IndexOf('(', StringComparison.Ordinal)];
}

/// <param name="Kind">What a rule or a test asks for.</param>
/// <param name="Words">The same for people.</param>
public sealed record Oddity(OddityKind Kind, string Words);

public enum OddityKind
{
    /// <summary>No known ABI has this selector or topic.</summary>
    Unknown,

    /// <summary>The selector is known and the rest does not fit it.</summary>
    Undecodable,

    /// <summary>It can be read, but nobody's encoder writes it so: a lenient reader may see something else.</summary>
    NotCanonical,

    /// <summary>All of it can be read for certain, and bytes follow that belong to no argument: mostly a mark of the program that made it.</summary>
    Trailing,

    /// <summary>It goes deeper, or has more parts, than is read.</summary>
    TooLarge,

    /// <summary>A confirmation of something that was never seen here.</summary>
    UnknownProposal,

    /// <summary>Code that runs with the rights of the caller.</summary>
    DelegateCall,
}
