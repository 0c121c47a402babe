using NodaTime;

namespace ChatOps.Ethereum.Rpc;

/// <summary>An endpoint did not do what was asked: another is asked then. The message is a few words for people.</summary>
internal sealed class RpcFault(RpcFaultKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public RpcFaultKind Kind => kind;

    /// <summary>How long it asked to be left alone.</summary>
    public Duration? RetryAfter { get; init; }
}

internal enum RpcFaultKind
{
    /// <summary>No answer, or none in time, or 5xx.</summary>
    Unreachable,

    /// <summary>It asks to slow down.</summary>
    Busy,

    /// <summary>The answer is not JSON-RPC, or not what the method gives.</summary>
    Garbage,

    /// <summary>It says no: an error of its own.</summary>
    Refused,

    /// <summary>It does not know the method.</summary>
    Unsupported,

    /// <summary>It does not have, or does not show, what the chain has: it lags, or it lies.</summary>
    Behind,

    /// <summary>Too much was asked for at once.</summary>
    TooLarge,
}
