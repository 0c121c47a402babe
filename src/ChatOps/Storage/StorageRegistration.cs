using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Storage.LiteDb.Backups;
using ChatOps.Storage.LiteDb.Control;
using ChatOps.Storage.Postgres;
using ChatOps.Web;

namespace ChatOps.Storage;

internal static class StorageRegistration
{
    /// <summary>The store that the settings name. It is opened when it is first asked for, on one thread, with every collection and index that was registered.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageSettings settings) => settings switch
    {
        StorageSettings.Postgres postgres => services.AddPostgres(postgres.Connection),
        StorageSettings.LiteDb file => services.AddLiteDb(file),
        _ => throw new ArgumentException($"There is no store for {settings.GetType().Name}", nameof(settings)),
    };

    /// <summary>The store of the settings as rows, for those who do not run the bot.</summary>
    public static IStoreArchive Archive(StorageSettings settings, IReadOnlyList<Collection> collections, TimeProvider time) => settings switch
    {
        StorageSettings.Postgres postgres => new PostgresArchive(postgres.Connection, collections, time),
        StorageSettings.LiteDb file => new LiteDbArchive(file.File, collections, time),
        _ => throw new ArgumentException($"There is no store for {settings.GetType().Name}", nameof(settings)),
    };

    /// <summary>Opens the store before anything else starts, so that what is wrong with it is one sentence.</summary>
    /// <exception cref="StoreException">It cannot be opened, or another process has it.</exception>
    public static void OpenStore(this WebApplication app) => app.Services.GetRequiredService<IStore>();

    private static IServiceCollection AddLiteDb(this IServiceCollection services, StorageSettings.LiteDb settings) => services
        .AddSingleton(settings)
        .AddSingleton(provider => LiteDbStore.Open(
            settings.File, provider.GetServices<Collection>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LiteDbStore>>()))
        .AddSingleton<IReadiness, LiteDbReadiness>()
        .AddSingleton<ISignals, LocalSignals>()
        .AddSingleton<IStore>(provider => provider.GetRequiredService<LiteDbStore>())
        .AddHostedService<ControlServer>()
        .AddSingleton<BackupFolder>()
        .AddSingleton<IDueWork, BackupSchedule>()
        .AddSingleton<ICommand, BackupCommand>()
        .AddSingleton<Collection>(BackupTurn.Collection);

    private static IServiceCollection AddPostgres(this IServiceCollection services, PostgresConnection connection) => services
        .AddSingleton(provider => PostgresStore.Open(
            connection, provider.GetServices<Collection>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgresStore>>()))
        .AddSingleton<IReadiness, PostgresReadiness>()
        .AddSingleton(provider => new PostgresSignals(connection, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgresSignals>>()))
        .AddSingleton<ISignals>(provider => provider.GetRequiredService<PostgresSignals>())
        .AddHostedService(provider => provider.GetRequiredService<PostgresSignals>())
        .AddSingleton<IStore>(provider => provider.GetRequiredService<PostgresStore>())
        // No backup is made here; what a data file says of its own comes along when it is moved here, and back.
        .AddSingleton<Collection>(BackupTurn.Collection);
}
