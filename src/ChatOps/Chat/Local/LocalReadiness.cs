using ChatOps.Web;

namespace ChatOps.Chat.Local;

internal sealed class LocalReadiness(LocalStream stream) : IReadiness
{
    public string Kind => "chat";

    public string Name => LocalPlatform.PlatformName;

    public ValueTask<PartState> Look(CancellationToken cancel) => new(new PartState(true, stream.Pages switch
    {
        0 => "ok, no page open",
        1 => "ok, 1 page open",
        var pages => $"ok, {pages} pages open",
    }));
}
