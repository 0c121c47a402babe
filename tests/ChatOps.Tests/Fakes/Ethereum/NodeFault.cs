namespace ChatOps.Tests.Fakes.Ethereum;

/// <summary>What an endpoint does wrong.</summary>
internal enum NodeFault
{
    /// <summary>Its head is five blocks behind, it has none of those above, and of their logs it says that there are none.</summary>
    Lags,

    /// <summary>There are no logs, whatever is asked.</summary>
    NoLogs,

    /// <summary>The last log of each answer is missing.</summary>
    DropsLogs,

    /// <summary>Blocks have hashes of its own.</summary>
    OtherHashes,

    /// <summary>Whatever is asked for is not there.</summary>
    Nothing,

    /// <summary>It is of another chain.</summary>
    OtherChain,

    /// <summary>No answer at all.</summary>
    Hangs,

    /// <summary>429, come again in a second.</summary>
    TooMany,

    /// <summary>500.</summary>
    Broken,

    /// <summary>200 with a web page.</summary>
    Gibberish,

    /// <summary>The connection is closed before the answer.</summary>
    Resets,

    /// <summary>The answer ends in the middle.</summary>
    Truncates,

    /// <summary>An error in the envelope.</summary>
    Errors,

    /// <summary>Not more than three at once.</summary>
    SmallBatches,
}
