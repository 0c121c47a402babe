using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Storage.Postgres;
using ChatOps.Web;

namespace ChatOps.Storage;

internal static class StorageRegistration
{
    /// <summary>The store that the settings name. It is opened when it is first asked for, on one thread, with every collection and index that was registered.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageSettings settings) => settings switch
    {
        StorageSettings.Postgres postgres => services.AddPostgres(postgres.Connection),
        StorageSettings.LiteDb file => services.AddLiteDb(file.File),
        _ => throw new ArgumentException($"There is no store for {settings.GetType().Name}", nameof(settings)),
    };

    /// <summary>Opens the store before anything else starts, so that what is wrong with it is one sentence.</summary>
    /// <exception cref="StoreException">It cannot be opened, or another process has it.</exception>
    public static void OpenStore(this WebApplication app) => app.Services.GetRequiredService<IStore>();

    private static IServiceCollection AddLiteDb(this IServiceCollection services, string file) => services
        .AddSingleton(provider => LiteDbStore.Open(
            file, provider.GetServices<Collection>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LiteDbStore>>()))
        .AddSingleton<IReadiness, LiteDbReadiness>()
        .AddSingleton<ISignals, LocalSignals>()
        .AddSingleton<IStore>(provider => provider.GetRequiredService<LiteDbStore>());

    private static IServiceCollection AddPostgres(this IServiceCollection services, PostgresConnection connection) => services
        .AddSingleton(provider => PostgresStore.Open(
            connection, provider.GetServices<Collection>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgresStore>>()))
        .AddSingleton<IReadiness, PostgresReadiness>()
        .AddSingleton(provider => new PostgresSignals(connection, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgresSignals>>()))
        .AddSingleton<ISignals>(provider => provider.GetRequiredService<PostgresSignals>())
        .AddHostedService(provider => provider.GetRequiredService<PostgresSignals>())
        .AddSingleton<IStore>(provider => provider.GetRequiredService<PostgresStore>());
}
