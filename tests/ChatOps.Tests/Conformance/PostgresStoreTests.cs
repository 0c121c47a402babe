using ChatOps.Core.Storage;
using ChatOps.Storage.Postgres;
using ChatOps.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Conformance;

[NeedsProgram(RealPostgres.ProgramName)]
public sealed class PostgresStoreTests : StoreContract
{
    private string? _database;

    protected override async Task<IStore> Open()
    {
        _database ??= await (await RealPostgres.Shared).Database();
        return PostgresStore.Open(RealPostgres.Connection(_database), Collections, TimeProvider.System, NullLogger<PostgresStore>.Instance);
    }

    protected override async Task Close(IStore store) => await ((PostgresStore)store).DisposeAsync();
}
