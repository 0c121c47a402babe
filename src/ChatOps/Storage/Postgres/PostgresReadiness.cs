using ChatOps.Core.Storage;
using ChatOps.Web;

namespace ChatOps.Storage.Postgres;

/// <summary>
/// Whether the database answers at the moment; the store itself tries again for a few seconds. A server that is frozen, or behind a network that swallows everything, says
/// nothing for a minute and more, and whoever looks wants to know within seconds.
/// </summary>
internal sealed class PostgresReadiness(PostgresStore store, TimeProvider time) : IReadiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private Task<StoreException?> _asking = Task.FromResult<StoreException?>(null);

    public string Kind => "store";

    public string Name => "postgres";

    public async ValueTask<PartState> Look(CancellationToken cancel)
    {
        try
        {
            return await Ask().WaitAsync(Patience, time, cancel) is { } broken ? new(false, broken.Message) : new(true, "ok");
        }
        catch (TimeoutException)
        {
            return new(false, $"{store.Database.Connection.Words}, has not answered for {Patience.TotalSeconds:0} s");
        }
    }

    /// <summary>One question at a time: those that nobody waits for any more must not take all connections.</summary>
    private Task<StoreException?> Ask()
    {
        lock (_lock)
        {
            return _asking.IsCompleted ? _asking = store.Database.Ask(CancellationToken.None) : _asking;
        }
    }
}
