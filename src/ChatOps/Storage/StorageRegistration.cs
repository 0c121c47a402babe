using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Web;

namespace ChatOps.Storage;

internal static class StorageRegistration
{
    /// <summary>The embedded store. It is opened when it is first asked for, on one thread, with every collection and index that was registered.</summary>
    public static IServiceCollection AddLiteDb(this IServiceCollection services, StorageSettings settings) => services
        .AddSingleton(provider => LiteDbStore.Open(
            settings.File, provider.GetServices<Collection>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LiteDbStore>>()))
        .AddSingleton<IReadiness, LiteDbReadiness>()
        .AddSingleton<ISignals, LocalSignals>()
        .AddSingleton<IStore>(provider => provider.GetRequiredService<LiteDbStore>());

    /// <summary>Opens the store before anything else starts, so that what is wrong with it is one sentence.</summary>
    /// <exception cref="StoreException">It cannot be opened, or another process has it.</exception>
    public static void OpenStore(this WebApplication app) => app.Services.GetRequiredService<IStore>();
}
