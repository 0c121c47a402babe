using ChatOps.Core.Storage;
using ChatOps.Storage.Postgres;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Core.Leases;

/// <summary>The contract where it matters: on the store that replicas share.</summary>
[NeedsProgram(RealPostgres.ProgramName)]
public sealed class PostgresLeaseTests : LeaseContract
{
    private PostgresStore? _store;

    protected override async Task<IStore> OpenStore(IReadOnlyList<Collection> collections)
    {
        var database = RealPostgres.Connection(await (await RealPostgres.Shared).Database());
        return _store = PostgresStore.Open(database, collections, TimeProvider.System, NullLogger<PostgresStore>.Instance);
    }

    protected override Task CloseStore() => _store!.DisposeAsync().AsTask();
}
