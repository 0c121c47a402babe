using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Tests.Core.Contracts.Decoding;

/// <summary>Nobody calls anything anything.</summary>
internal sealed class NoNames : IContractNames
{
    public string Coin => "ETH";

    public string? Label(Address address) => null;

    public TokenUnit? Token(Address address) => null;
}
