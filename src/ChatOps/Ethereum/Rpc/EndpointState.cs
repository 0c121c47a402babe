using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Ethereum.Rpc;

/// <summary>How an endpoint stands: whether it is of the right chain, whether it rests and why, and how far its chain goes.</summary>
internal sealed class EndpointState(EthereumTimes times, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private int _faults;
    private Instant? _restUntil;
    private Instant? _troubledSince;

    /// <summary>The chain that it last said to be of; null: it was not asked yet.</summary>
    public long? ChainId { get; set; }

    /// <summary>The newest block that it has told.</summary>
    public BlockRef? Head { get; set; }

    /// <summary>Others are clearly further: it is asked after them.</summary>
    public bool IsSlow { get; set; }

    /// <summary>What is wrong with it, in a few words; null: it works.</summary>
    public string? Trouble { get; private set; }

    /// <summary>How long it still rests; null: it can be asked.</summary>
    public Duration? Resting
    {
        get
        {
            lock (_lock)
            {
                return _restUntil - clock.Now() is { } left && left > Duration.Zero ? left : null;
            }
        }
    }

    /// <summary>For how long nothing has come of it; null: it works.</summary>
    public Duration? Troubled
    {
        get
        {
            lock (_lock)
            {
                return clock.Now() - _troubledSince;
            }
        }
    }

    public void Works()
    {
        lock (_lock)
        {
            (_faults, _restUntil, _troubledSince, Trouble) = (0, null, null, null);
        }
    }

    /// <summary>It is left alone for as long as it asked for, or else for longer each time.</summary>
    public void Fails(RpcFault fault)
    {
        lock (_lock)
        {
            var now = clock.Now();
            _troubledSince ??= now;
            Trouble = fault.Message;
            var usual = Duration.Min(times.LongestRest, times.FirstRest * Math.Pow(2, Math.Min(_faults++, 20)));
            _restUntil = now + (fault.RetryAfter is { } asked ? Duration.Min(Duration.Max(asked, times.FirstRest), times.LongestAskedRest) : usual);
        }
    }
}
