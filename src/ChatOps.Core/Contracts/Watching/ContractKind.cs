namespace ChatOps.Core.Contracts.Watching;

/// <summary>What a watched thing is: which shipped rules are about it, and what is probed of its state.</summary>
public enum ContractKind
{
    /// <summary>An ERC-20 or ERC-721 token.</summary>
    Token,

    /// <summary>A token with a controller, such as SNT.</summary>
    MiniMe,

    /// <summary>The wallet of 2017: submitTransaction, confirmTransaction.</summary>
    MultiSig,

    /// <summary>A Gnosis Safe.</summary>
    Safe,

    /// <summary>The registrar of ENS user names.</summary>
    Registrar,

    /// <summary>A contract whose code is elsewhere.</summary>
    Proxy,

    /// <summary>Any other contract.</summary>
    Contract,

    /// <summary>An address that somebody has the key of.</summary>
    Account,
}

/// <summary>How much depends on a watched thing, from low to high.</summary>
public enum Criticality
{
    Low,
    Medium,
    High,
    Critical,
}
