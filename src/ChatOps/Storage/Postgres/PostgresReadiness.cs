using ChatOps.Web;

namespace ChatOps.Storage.Postgres;

/// <summary>Whether the database answers at the moment; the store itself tries again for a few seconds.</summary>
internal sealed class PostgresReadiness(PostgresStore store) : IReadiness
{
    public string Kind => "store";

    public string Name => "postgres";

    public async ValueTask<PartState> Look(CancellationToken cancel) =>
        await store.Database.Ask(cancel) is { } broken ? new(false, broken.Message) : new(true, "ok");
}
