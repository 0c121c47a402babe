using ChatOps.Chat.Local;
using ChatOps.Chat.Slack;
using ChatOps.Chat.Slack.Incoming;
using ChatOps.Cli;
using ChatOps.Contracts;
using ChatOps.Core.Alerts;
using ChatOps.Core.BugReports;
using ChatOps.Core.Chat;
using ChatOps.Core.Contracts;
using ChatOps.Core.Digests;
using ChatOps.Core.History;
using ChatOps.Core.Incidents;
using ChatOps.Core.Oncall;
using ChatOps.Core.People;
using ChatOps.Core.Retention;
using ChatOps.Core.Storage;
using ChatOps.Ethereum;
using ChatOps.GitHub;
using ChatOps.Http;
using ChatOps.Jobs;
using ChatOps.Pagers;
using ChatOps.Settings;
using ChatOps.Sources;
using ChatOps.Sources.HackerOne;
using ChatOps.Storage;
using ChatOps.Web;

return await CommandLine.Run(args, async () =>
{
    await using var app = Build(args);
    var works = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
    try
    {
        await app.StartAsync();
    }
    catch
    {
        // What has begun must end before what it works with is disposed of: else its faults hide why the start failed.
        await app.StopAsync();
        throw;
    }

    await app.WaitForShutdownAsync();
    // The host stops when one of them fails, and ends as if all were well.
    await Task.WhenAll(works.Select(work => work.ExecuteTask).OfType<Task>().Where(work => work.IsFaulted));
});

/// <summary>The program's table of contents.</summary>
internal static partial class Program
{
    /// <summary>Puts the bot together.</summary>
    /// <param name="args">The command line's settings.</param>
    /// <param name="adjust">Tests put their clock and fakes in here.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? adjust = null)
    {
        var root = ContentRoot.Find();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = root });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(SettingsSources.Read(root, args));
        var settings = ProgramSettings.Read(builder.Configuration, root);

        builder.Services.AddBot(settings).AddLogs(builder.Configuration);
        adjust?.Invoke(builder.Services);
        // An open page or a slow sender must not hold up a stop for long; what is stored is stored.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Host.UseDefaultServiceProvider(container => (container.ValidateOnBuild, container.ValidateScopes) = (true, true));

        var app = builder.Build();
        app.OpenStore();
        app.UseFailures();
        app.MapHooks();
        app.MapLocalChat();
        app.MapSlack();
        app.MapHealth();
        return app;
    }

    /// <summary>Every collection of documents that this program keeps, for those who work on a store without running the bot.</summary>
    public static IReadOnlyList<Collection> Collections(ProgramSettings settings) =>
        [.. new ServiceCollection().AddBot(settings).Select(service => service.IsKeyedService ? null : service.ImplementationInstance).OfType<Collection>()];

    private static IServiceCollection AddBot(this IServiceCollection services, ProgramSettings settings) => services
        .AddSingleton(TimeProvider.System)
        .AddStorage(settings.Storage)
        .AddChat()
        .AddHistory()
        .AddPeople(settings.Roles, settings.Sources.Doors.Keys)
        .AddOncall(settings.Oncall, settings.Handover)
        .AddHostedService<RotationSeeding>()
        .AddAlerts(settings.Alerts)
        .AddIncidents()
        .AddContracts(settings.Watch)
        .AddHostedService<WatchStart>()
        .AddBugReports(settings.BugReports)
        .AddDigests(settings.Digests)
        .AddRetention(settings.Retention)
        .AddLocalChat(settings.Has("Local"))
        .AddSlack(settings.Slack, settings.Has("Slack"))
        .AddPagers(settings.PagerDuty)
        .AddEthereum(settings.Chains)
        .AddGitHub(settings.GitHub)
        .AddSources(settings.Sources)
        .AddHackerOne(settings.HackerOne)
        .AddJobs(settings.Replica, settings.Storage.Shared);
}
