using ChatOps.Core.BugReports;
using ChatOps.Core.Storage;
using ChatOps.Web;

namespace ChatOps.Sources.HackerOne;

internal static class HackerOneRegistration
{
    /// <summary>What asks HackerOne and writes to it, where there is a token. Its webhooks are among the sources.</summary>
    public static IServiceCollection AddHackerOne(this IServiceCollection services, HackerOneSettings settings)
    {
        services.AddSingleton(settings).AddSingleton<Collection>(HackerOneCursor.Collection);
        return !settings.HasApi ? services : services
            .AddSingleton<HackerOnePace>()
            .AddSingleton(provider => new HackerOneTransport(new HttpClient { Timeout = HackerOneTransport.Patience }, settings, provider.GetRequiredService<HackerOnePace>()))
            .AddSingleton<HackerOneInbox>()
            .AddSingleton<IReportInbox>(provider => provider.GetRequiredService<HackerOneInbox>())
            .AddSingleton<HackerOnePolling>()
            .AddSingleton<IReadiness>(provider => provider.GetRequiredService<HackerOnePolling>())
            .AddHostedService(provider => provider.GetRequiredService<HackerOnePolling>());
    }
}
