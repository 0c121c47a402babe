using System.Net.Http.Json;
using System.Text.Json;
using ChatOps.Core.BugReports;
using ChatOps.GitHub;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.GitHub;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Scenarios;

/// <summary>What <c>chatops check</c> says of GitHub.</summary>
public sealed class GitHubCheckScenarios : IAsyncLifetime, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-github-");
    private readonly List<string> _said = [];
    private FakeGitHub _github = null!;

    public async Task InitializeAsync() => _github = await FakeGitHub.Open();

    public async Task DisposeAsync() => await _github.DisposeAsync();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task All_is_well()
    {
        _github.LargestPage = 2;
        _github.Add("a/whole").Labels.AddRange(["x", "y", "severity:low", "Severity:High"]);
        _github.Add("a/new");
        Assert.Equal(0, await Check(FakeGitHub.Token, "a/whole", "a/new"));
        Assert.Equal(
            [
                "GitHub: 127.0.0.1 takes the token, as @chatops.",
                "GitHub: a/whole takes issues.",
                "GitHub: a/new takes issues.",
                "GitHub: a/new has no label severity:low, severity:high yet; GitHub makes each when it is first used.",
            ],
            _said);
    }

    [Fact]
    public async Task Everything_that_is_missing_is_said_with_what_to_do()
    {
        _github.Scopes = "gist";
        _github.Add("a/archived").IsArchived = true;
        _github.Add("a/closed").HasIssues = false;
        _github.Add("a/foreign").MayPush = false;
        Assert.Equal(5, await Check(FakeGitHub.Token, "a/archived", "a/closed", "a/foreign", "a/nowhere"));
        Assert.Equal(
            [
                "GitHub: 127.0.0.1 takes the token, as @chatops.",
                "GitHub does not work yet: the token may not make issues: give it the scope repo, or public_repo where all repositories are public.",
                "GitHub does not work yet: a/archived is archived: choose another repository.",
                "GitHub does not work yet: a/closed takes no issues: switch them on in its settings on GitHub, or choose another repository.",
                "GitHub does not work yet: a/foreign would drop labels and assignees without a word: give the token's owner write access there.",
                "GitHub does not work yet: GitHub has no a/nowhere that the token can see: correct the name, or give the token access.",
            ],
            _said);
    }

    [Fact]
    public async Task A_wrong_token_is_the_only_thing_that_is_said()
    {
        Assert.Equal(1, await Check("ghp_wrong", "a/nowhere"));
        Assert.Equal(["GitHub does not work yet: GitHub does not accept the token: make a new one and set GitHub__Token."], _said);
    }

    [Fact]
    public async Task An_app_s_token_and_one_that_names_no_scopes_will_do()
    {
        (_github.IsApp, _github.Scopes) = (true, null);
        Assert.Equal(0, await Check(FakeGitHub.Token));
        Assert.Equal(["GitHub: 127.0.0.1 takes the token, an app's."], _said);
        _github.IsApp = false;
        Assert.Equal(0, await Check(FakeGitHub.Token));
    }

    [Fact]
    public async Task The_program_says_it_all_and_never_the_token()
    {
        _github.Add("a/b").Labels.Add("type:bug");
        await using var well = ProgramProcess.Start(_folder.FullName, ["check", .. _github.Settings, "--BugReports:Swarms:0:Name=wallet", "--BugReports:Swarms:0:Repository=a/b", "--BugReports:Swarms:0:Labels=team:wallet", "--BugReports:LabelGroups:type=bug,docs"]);
        Assert.Equal(0, await well.Exit());
        Assert.Contains($"Issues: GitHub, {_github.ApiUrl}.", well.Out);
        Assert.Contains("GitHub: 127.0.0.1 takes the token, as @chatops.", well.Out);
        Assert.Contains("GitHub: a/b takes issues.", well.Out);
        Assert.Contains("GitHub: a/b has no label type:docs, team:wallet yet; GitHub makes each when it is first used.", well.Out);
        Assert.DoesNotContain(FakeGitHub.Token, well.Out);

        await using var ill = ProgramProcess.Start(_folder.FullName, "check", $"--GitHub:ApiBaseUrl={_github.ApiUrl}", "--GitHub:Token=ghp_wrong");
        Assert.Equal(1, await ill.Exit());
        Assert.Contains("One thing does not work; each line above says what to do.", ill.Errors);
    }

    [Fact]
    public async Task A_bot_with_a_token_has_a_tracker_and_readyz_says_how_GitHub_is()
    {
        _github.Add("a/b");
        await using var world = await World.Begin(_github.Settings);
        var tracker = world.Services.GetRequiredService<IIssueTracker>();
        async Task<string> Ready() => (await world.Http.GetFromJsonAsync<JsonElement>("/readyz")).GetProperty("issues").GetProperty("gitHub").GetRawText();
        Assert.Null(await tracker.Find("a/b", "marker", CancellationToken.None));
        Assert.Equal("{\"works\":true,\"state\":\"ok\"}", await Ready());
        _github.NextTime(Fault.Broken);
        await Assert.ThrowsAsync<IssueTrackerException>(() => tracker.Find("a/b", "marker", CancellationToken.None));
        Assert.Equal("{\"works\":false,\"state\":\"GitHub answers 500.\"}", await Ready());
    }

    private Task<int> Check(string token, params string[] repositories)
    {
        var settings = new GitHubSettings(_github.ApiUrl, token);
        return new GitHubCheck(new GitHubApi(GitHubConnection.Open(settings), TimeProvider.System), settings, _said.Add).Run(repositories, ["severity:low", "severity:high"], CancellationToken.None);
    }
}
