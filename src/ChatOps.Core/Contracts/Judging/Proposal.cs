using System.Numerics;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Storage;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>What was proposed in a wallet of 2017, and who has signed it: whoever confirms it later names only its number.</summary>
/// <param name="Id">Chain, wallet and number.</param>
/// <param name="Payload">What will be called; null: not known.</param>
public sealed record Proposal(string Id, CallPayload? Payload) : Document(Id), IStored<Proposal>
{
    public static Collection<Proposal> Collection { get; } = new("proposals");

    /// <summary>In the order in which they were seen to sign.</summary>
    public IReadOnlyList<Address> SignedBy { get; init; } = [];

    /// <summary>It was carried out.</summary>
    public bool IsDone { get; init; }

    public static string IdOf(string chain, Address wallet, BigInteger number) => $"{chain}/{wallet}/{number}";
}
