namespace ChatOps.Ethereum.Rpc;

/// <summary>The <c>error</c> of a JSON-RPC answer. Nodes and providers agree on few codes, so their words count too.</summary>
internal sealed record RpcError(int Code, string Message)
{
    private const int UnknownMethod = -32601;
    private const int UnknownBlock = -39001;
    private const int LimitExceeded = -32005;
    private const int Reverted = 3;

    private static readonly string[] LargeWords = ["too large", "too big", "more than", "block range", "response size", "batch size", "batch limit", "maximum batch", "max batch", "result set"];
    private static readonly string[] BusyWords = ["rate limit", "too many requests", "request limit", "capacity", "compute units", "quota", "throttl", "request count exceeded"];
    private static readonly string[] UnsupportedWords = ["not supported", "unsupported", "not available", "does not exist", "not implemented"];
    private static readonly string[] BehindWords = ["unknown block", "not found", "missing trie node", "unknown ancestor", "not synced", "syncing"];

    public bool IsRevert => Code == Reverted || Says(["revert"]);

    public RpcFaultKind Kind =>
        Code == UnknownMethod || Says(UnsupportedWords) ? RpcFaultKind.Unsupported
        : Says(LargeWords) ? RpcFaultKind.TooLarge
        : Code is LimitExceeded or 429 || Says(BusyWords) ? RpcFaultKind.Busy
        : Code == UnknownBlock || Says(BehindWords) ? RpcFaultKind.Behind
        : RpcFaultKind.Refused;

    public RpcFault ToFault(string method) => new(Kind, $"{method}: {Message} ({Code})");

    private bool Says(string[] words) => words.Any(word => Message.Contains(word, StringComparison.OrdinalIgnoreCase));
}
