using ChatOps.Core.BugReports;
using ChatOps.Web;

namespace ChatOps.GitHub;

internal static class GitHubRegistration
{
    /// <summary>The issue tracker, if one is set up.</summary>
    public static IServiceCollection AddGitHub(this IServiceCollection services, GitHubSettings settings) => !settings.IsOn
        ? services
        : services
            .AddSingleton(provider => new GitHubApi(GitHubConnection.Open(settings), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<GitHubTracker>()
            .AddSingleton<IIssueTracker>(provider => provider.GetRequiredService<GitHubTracker>())
            .AddSingleton<IReadiness>(provider => provider.GetRequiredService<GitHubTracker>());
}
