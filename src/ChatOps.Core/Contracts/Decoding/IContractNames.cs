namespace ChatOps.Core.Contracts.Decoding;

/// <summary>What people call the things on one chain.</summary>
public interface IContractNames
{
    /// <summary>What ether is called there.</summary>
    string Coin => "ETH";

    /// <summary>A label or an ENS name; null: the address itself is shown. It may come from anywhere: it is cleaned before it is shown.</summary>
    string? Label(Address address);

    /// <summary>Of a token; null of all else.</summary>
    TokenUnit? Token(Address address);
}

/// <param name="Symbol">Such as SNT.</param>
/// <param name="Decimals">How many digits stand behind the point.</param>
public sealed record TokenUnit(string Symbol, int Decimals);
