using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Core.Contracts.Watching;

/// <summary>What the watch list calls addresses. A watched token's label begins with its symbol; what others call themselves stands in quotes.</summary>
internal sealed class WatchedNames(string chain, Watched watched, IReadOnlyDictionary<Address, TokenUnit> units) : IContractNames
{
    private const int Decimals = 18;

    public string Coin => "ETH";

    public string? Label(Address address) => watched.Find(chain, address)?.Label;

    public TokenUnit? Token(Address contract) => watched.Find(chain, contract) is { Kind: ContractKind.Token or ContractKind.MiniMe } token
        ? new(token.Label.Split(' ')[0], units.GetValueOrDefault(contract)?.Decimals ?? Decimals)
        : units.GetValueOrDefault(contract);
}
