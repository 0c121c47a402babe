using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using ChatOps.Storage.LiteDb.Backups;
using ChatOps.Storage.LiteDb.Control;
using ChatOps.Web;

namespace ChatOps.Storage;

internal static class StorageRegistration
{
    /// <summary>The embedded store. It is opened when it is first asked for, on one thread, with every collection and index that was registered.</summary>
    public static IServiceCollection AddLiteDb(this IServiceCollection services, StorageSettings settings) => services
        .AddSingleton(provider => LiteDbStore.Open(
            settings.File, provider.GetServices<Collection>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LiteDbStore>>()))
        .AddSingleton<IReadiness, LiteDbReadiness>()
        .AddSingleton<IStore>(provider => provider.GetRequiredService<LiteDbStore>())
        .AddSingleton(settings)
        .AddHostedService<ControlServer>()
        .AddSingleton<BackupFolder>()
        .AddSingleton<IDueWork, BackupSchedule>()
        .AddSingleton<ICommand, BackupCommand>()
        .AddSingleton<Collection>(BackupTurn.Collection);

    /// <summary>The store of the settings as rows, for those who do not run the bot.</summary>
    public static IStoreArchive Archive(StorageSettings settings, IReadOnlyList<Collection> collections, TimeProvider time) => new LiteDbArchive(settings.File, collections, time);

    /// <summary>Opens the store before anything else starts, so that what is wrong with it is one sentence.</summary>
    /// <exception cref="StoreException">It cannot be opened, or another process has it.</exception>
    public static void OpenStore(this WebApplication app) => app.Services.GetRequiredService<IStore>();
}
