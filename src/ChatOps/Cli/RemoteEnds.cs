using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Setup;
using ChatOps.Core.BugReports;
using ChatOps.Core.Time;
using ChatOps.Ethereum;
using ChatOps.GitHub;
using ChatOps.Settings;
using ChatOps.Sources.HackerOne;
using NodaTime.Text;

namespace ChatOps.Cli;

/// <summary>Asks the services that are set up what only they can say; each says its own troubles, and all are asked before the check fails.</summary>
internal static class RemoteEnds
{
    /// <exception cref="InvalidOperationException">Something does not work; what it is was said.</exception>
    public static async Task Check(ProgramSettings settings, CancellationToken cancel)
    {
        var wrong = settings.Has("Slack") ? await CheckSlack(settings, cancel) : 0;
        wrong += settings.GitHub.IsOn ? await CheckGitHub(settings, cancel) : 0;
        wrong += settings.HackerOne.HasApi ? await CheckHackerOne(settings.HackerOne, cancel) : 0;
        foreach (var chain in settings.Chains)
        {
            wrong += await new ChainCheck(chain, Console.WriteLine, TimeProvider.System).Run(cancel);
        }

        if (wrong > 0)
        {
            throw new InvalidOperationException($"{(wrong == 1 ? "One thing does" : $"{wrong} things do")} not work; each line above says what to do.");
        }
    }

    private static async Task<int> CheckGitHub(ProgramSettings settings, CancellationToken cancel)
    {
        var github = new GitHubApi(GitHubConnection.Open(settings.GitHub), TimeProvider.System);
        return await new GitHubCheck(github, settings.GitHub, Console.WriteLine)
            .Run(settings.BugReports.Swarms.Select(swarm => swarm.Repository), settings.BugReports.Labels, cancel);
    }

    private static async Task<int> CheckHackerOne(HackerOneSettings settings, CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = HackerOneTransport.Patience };
        var inbox = new HackerOneInbox(new HackerOneTransport(http, settings, new HackerOnePace(TimeProvider.System)), settings);
        try
        {
            await inbox.Activities(InstantPattern.General.Format(TimeProvider.System.Now()), cancel);
            Console.WriteLine($"HackerOne: {settings.ApiBaseUrl.Host} lets the token read what happens in {settings.Program}.");
            return 0;
        }
        catch (ReportInboxException fault)
        {
            Console.WriteLine($"HackerOne: {fault.Message}");
            return 1;
        }
    }

    private static async Task<int> CheckSlack(ProgramSettings settings, CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = SlackTransport.Patience };
        var slack = new SlackClient(new SlackTransport(http, settings.Slack, new SlackPace(TimeProvider.System)));
        var channels = settings.Alerts.Routes.Select(rule => rule.Route.Channel).Prepend(settings.OnCallChannel);
        return await new SlackCheck(slack, settings.Slack, TimeProvider.System, Console.WriteLine).Run(channels, cancel);
    }
}
