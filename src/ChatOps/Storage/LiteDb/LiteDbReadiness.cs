using ChatOps.Core.Alerts;
using ChatOps.Core.Storage;
using ChatOps.Web;

namespace ChatOps.Storage.LiteDb;

/// <summary>Whether the file can be read, and written as far as the last write tells.</summary>
internal sealed class LiteDbReadiness(LiteDbStore store) : IReadiness
{
    public string Kind => "store";

    public string Name => "liteDb";

    public async ValueTask<PartState> Look(CancellationToken cancel)
    {
        if ((store.Fault ?? store.Trouble) is { } fault)
        {
            return new(false, fault);
        }

        try
        {
            await store.Find<Alert>("A-1", cancel);
            return new(true, "ok");
        }
        catch (StoreException broken)
        {
            return new(false, broken.Message);
        }
    }
}
