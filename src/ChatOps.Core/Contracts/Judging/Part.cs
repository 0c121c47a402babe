using System.Numerics;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Watching;
using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>One thing that a transaction does to, from or in something watched: a call of its tree, or an event. Rules are asked about parts.</summary>
/// <param name="IsEvent">An event; else a call.</param>
/// <param name="Things">The watched things that it is about, the nearest first: what is called or emits, then the wallet that calls.</param>
/// <param name="Signature">changeController(address); null: not known.</param>
/// <param name="Selector">Of a call: 0x and 8 digits.</param>
/// <param name="Arguments">As they were decoded.</param>
/// <param name="Caller">Who calls; for an event who sent the transaction.</param>
/// <param name="Value">Wei that go with it.</param>
/// <param name="Oddities">What is wrong with it.</param>
public sealed record Part(
    bool IsEvent, IReadOnlyList<WatchedThing> Things, string? Signature, string? Selector, IReadOnlyList<DecodedArgument> Arguments, Address Caller, BigInteger Value, IReadOnlyList<Oddity> Oddities)
{
    /// <summary>How a call without calldata is called: ether that comes in.</summary>
    public const string Receive = "receive()";

    /// <summary>How a contract's creation is called.</summary>
    public const string Create = "create()";

    /// <summary>How something is called that happened out of sight.</summary>
    public const string Unseen = "unseen()";

    /// <summary>How a transfer of an unwatched token is called whose amount cannot be read.</summary>
    public const string BareTransfer = "Transfer(address,address)";

    /// <summary>How an allowance of an unwatched token is called whose amount cannot be read.</summary>
    public const string BareApproval = "Approval(address,address)";

    /// <summary>An event of a contract that is not watched, about something that is: a token's transfer.</summary>
    public bool IsForeign { get; init; }

    /// <summary>What is called, or emits; null: nothing was created after all.</summary>
    public Address? Target { get; init; }

    /// <summary>It is certain that it was made just so: not only proposed, not only written down for a contract that may do something else.</summary>
    public bool Ran { get; init; }

    /// <summary>"proposes" or "confirms": a multisig is asked for it and has not done it yet; null: nothing of the kind.</summary>
    public string? Signing { get; init; }

    public WatchedThing Thing => Things[0];

    /// <summary>The watched wallet that calls something else, or null.</summary>
    public WatchedThing? Wallet => IsEvent ? null : Things.Skip(1).FirstOrDefault(thing => thing.Address == Caller);

    /// <summary>An argument by its name, with or without underscores before it; null where it is not there.</summary>
    public AbiValue? Argument(string name) => Arguments.FirstOrDefault(argument => string.Equals(argument.Name.TrimStart('_'), name.TrimStart('_'), StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>The function's or event's name without types, or its selector.</summary>
    public string Name => Signature?[..Signature.IndexOf('(', StringComparison.Ordinal)] ?? Selector ?? "an unknown event";

    /// <summary>For lists: "transfer", "event Transfer".</summary>
    public string Words => IsForeign ? $"{Name.ToLowerInvariant()} of an unknown token" : IsEvent ? $"event {Name}" : Signature switch { Receive => Value.IsZero ? "a call without ether" : Thing.IsWallet && Caller == Thing.Address ? "ether out" : "ether in", Create => "creates a contract", Unseen => "a call inside", _ => Name };
}

/// <summary>All that rules may ask about a transaction.</summary>
/// <param name="Chain">The chain's name.</param>
/// <param name="At">When its block was made.</param>
/// <param name="Succeeded">Whether it did anything.</param>
/// <param name="Parts">What it does with what is watched, in its order.</param>
public sealed record JudgedFacts(string Chain, Instant At, bool Succeeded, IReadOnlyList<Part> Parts);
