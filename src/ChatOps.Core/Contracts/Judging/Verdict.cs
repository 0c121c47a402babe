using System.Numerics;
using ChatOps.Core.Alerts;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>What is thought of a transaction, from good to bad.</summary>
public enum VerdictKind
{
    Normal,

    /// <summary>A person should look, and nobody has to be woken for it.</summary>
    Review,
    Abnormal,
}

/// <param name="Kind">What.</param>
/// <param name="Severity">How bad, where it is abnormal.</param>
/// <param name="Rule">The rule that says so; null: none matched.</param>
/// <param name="Why">A sentence for people.</param>
public sealed record Verdict(VerdictKind Kind, Severity Severity, string? Rule, string Why);

/// <summary>What is thought of one part of a transaction.</summary>
/// <param name="Thing">The address of the watched thing that it is about.</param>
/// <param name="Label">What that is called.</param>
/// <param name="What">The function or the event: "changeController", "event Transfer".</param>
/// <param name="Verdict">What is thought.</param>
/// <param name="IsEvent">An event; else a call.</param>
/// <param name="Name">As a rule names it: the whole signature, or the selector; null where neither is known.</param>
/// <param name="Caller">Who called.</param>
public sealed record PartVerdict(Address Thing, string Label, string What, Verdict Verdict, bool IsEvent, string? Name, Address Caller)
{
    /// <summary>What the watched wallet is called that calls it, or null.</summary>
    public string? Wallet { get; init; }

    /// <summary>What a rule has to ask so that it lets pass the like of it and nothing more; null: it is normal, or no rule can say it.</summary>
    public IReadOnlyDictionary<string, string>? Like { get; init; }

    /// <summary>The ether that truly went with it; null: none.</summary>
    public EtherMoved? Ether { get; init; }

    /// <summary>"proposes 300 ETH from Treasury", where it was only asked for; null: it is not so.</summary>
    public string? Asked { get; init; }

    /// <summary>"transfer on SNT by Treasury".</summary>
    public string Words => Asked ?? $"{What} on {Label}{(Wallet is null ? "" : $" by {Wallet}")}";
}

/// <param name="To">Who got it from the caller.</param>
/// <param name="Wei">How much.</param>
public sealed record EtherMoved(Address To, BigInteger Wei);

/// <summary>What is thought of a transaction: the worst of its parts decides.</summary>
/// <param name="Deciding">The worst part.</param>
/// <param name="Parts">All of them, in their order.</param>
/// <param name="Counted">Rules with a rate whose other conditions hold: they count it.</param>
public sealed record Judgement(PartVerdict Deciding, IReadOnlyList<PartVerdict> Parts, IReadOnlyList<string> Counted);
