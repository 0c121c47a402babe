using ChatOps.Web;

namespace ChatOps.Chat.Slack;

/// <summary>How things stand with Slack, for <c>/readyz</c>: whether what we send arrives, and whether we hear.</summary>
internal sealed class SlackState(SlackSettings settings) : IReadiness
{
    private volatile string? _sending;
    private int _sockets;

    public string Kind => "chat";

    public string Name => SlackPlatform.PlatformName;

    /// <summary>Sockets that are open and answer.</summary>
    public int Sockets => Volatile.Read(ref _sockets);

    /// <summary>What is wrong with sending; null: it works.</summary>
    public void Sends(string? trouble) => _sending = trouble;

    public void Opened() => Interlocked.Increment(ref _sockets);

    public void Closed() => Interlocked.Decrement(ref _sockets);

    public ValueTask<PartState> Look(CancellationToken cancel)
    {
        var hears = settings.AppToken is null ? "request URLs" : Sockets switch { 0 => "no socket is open: nothing is heard", 1 => "1 socket", var many => $"{many} sockets" };
        var works = _sending is null && (settings.AppToken is null || Sockets > 0);
        return new(new PartState(works, _sending is { } trouble ? $"{hears}; sending: {trouble}" : $"{(works ? "ok, " : "")}{hears}"));
    }
}
