using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Time;
using ChatOps.Ethereum.Rpc;
using ChatOps.Web;
using NodaTime;

namespace ChatOps.Ethereum;

/// <summary>How far a chain is followed, for <c>/readyz</c>, the figures and the alerts.</summary>
internal sealed class ChainState(ChainSettings chain, RpcEndpoints endpoints, TimeProvider clock) : IReadiness
{
    private readonly Instant _since = clock.Now();
    private volatile Seen _seen = new(null, null, null, null);

    public string Kind => "chain";

    public string Name => chain.Name;

    public long? Head => _seen.Head?.Number;

    public long? Cursor => _seen.Tip?.Number;

    /// <summary>Why nothing could be read the last time; null: it could.</summary>
    public string? Trouble { get; set; }

    /// <summary>Blocks that can be read and are not.</summary>
    private long Waiting => _seen is { Head: { } head, Tip: { } tip } ? Math.Max(0, head.Number - chain.Confirmations - tip.Number) : 0;

    public void Sees(BlockRef head) => _seen = _seen with { Head = head, HeadChangedAt = head == _seen.Head ? _seen.HeadChangedAt : clock.Now() };

    public void Read(BlockRef tip, bool isNew) => _seen = _seen with { Tip = tip, ReadAt = isNew || _seen.ReadAt is null ? clock.Now() : _seen.ReadAt };

    /// <summary>Why the chain counts as not followed; null: it is followed.</summary>
    public string? Lag()
    {
        var (now, most) = (clock.Now(), chain.LagAlarm);
        return most == Duration.Zero ? null
            : _seen.Head is not { } head ? Since(_since) is { } silent ? $"No endpoint has told its newest block for {silent}: {Trouble}" : null
            : now - head.At > most && Since(_seen.HeadChangedAt ?? _since) is { } still ? $"The newest block, {head.Number}, has been the same for {still}. {Trouble}"
            : Waiting > 0 && Since(_seen.ReadAt ?? _since) is { } stuck ? $"{Waiting} blocks wait, and none could be read for {stuck}: {Trouble}"
            : null;

        string? Since(Instant at) => now - at > most ? WallClock.SaySpan(now - at) : null;
    }

    public ValueTask<PartState> Look(CancellationToken cancel)
    {
        var lag = Lag();
        var works = lag is null && Trouble is null;
        var where = _seen switch
        {
            { Head: null, Tip: null } => "not followed by this replica so far",
            { Head: { } head, Tip: null } => $"head {head.Number}, nothing read so far",
            { Tip: { } tip } => $"read to {tip.Number}, head {_seen.Head?.Number.ToString() ?? "unknown"}, {Waiting} to read",
        };
        var each = endpoints.All.Select(endpoint => $"{endpoint.Name}: {endpoint.State.Trouble ?? (endpoint.State.ChainId is null ? "not asked" : endpoint.State.IsSlow ? "behind the others" : "ok")}");
        return new(new PartState(works, string.Join("; ", [$"{(works ? "ok, " : "")}{where}", .. each])));
    }

    private sealed record Seen(BlockRef? Head, Instant? HeadChangedAt, BlockRef? Tip, Instant? ReadAt);
}
