using ChatOps.Core.BugReports;
using ChatOps.GitHub;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.GitHub;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace ChatOps.Tests.Adapters;

/// <summary>Whatever GitHub does, it becomes one sentence, whether to try again, and when.</summary>
public sealed class GitHubTroublesTests : IAsyncLifetime
{
    private const string Name = "status-im/status-mobile";

    private static readonly IssueDraft Draft = new(Name, "Login can be skipped", "Text", "Text", ["bug"], []);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private FakeGitHub _github = null!;
    private FakeRepository _repository = null!;
    private GitHubApi _api = null!;

    public async Task InitializeAsync()
    {
        _github = await FakeGitHub.Open(_clock);
        _repository = _github.Add(Name);
        _api = ApiOf(FakeGitHub.Token);
    }

    public async Task DisposeAsync() => await _github.DisposeAsync();

    [Theory]
    [InlineData(401, "Bad credentials", "GitHub does not accept the token: make a new one and set GitHub__Token.")]
    [InlineData(403, "Resource not accessible by personal access token", "GitHub does not let the token do this in status-im/status-mobile (Resource not accessible by personal access token): give it access there, with issues to read and write.")]
    [InlineData(400, "Problems parsing JSON", "GitHub refuses it (400): Problems parsing JSON.")]
    [InlineData(451, "Repository access blocked", "GitHub refuses it (451): Repository access blocked.")]
    public async Task What_a_person_has_to_mend_is_final(int status, string message, string says)
    {
        _github.RefuseNext(status, message);
        var fault = await Fails();
        Assert.Equal((says, true, null), (fault.Message, fault.IsFinal, fault.RetryAfter));
    }

    [Fact]
    public async Task GitHub_may_say_until_when_it_wants_to_be_left_alone_and_nobody_waits_longer_than_an_hour()
    {
        _github.RefuseNext(429, "Slow down", ("Retry-After", "Mon, 23 Nov 2026 10:05:00 GMT"));
        Assert.Equal(Duration.FromMinutes(5), (await Fails()).RetryAfter);
        _github.RefuseNext(429, "Slow down", ("Retry-After", "Tue, 24 Nov 2026 10:05:00 GMT"));
        Assert.Equal(Duration.FromHours(1), (await Fails()).RetryAfter);
    }

    [Fact]
    public async Task An_unknown_repository_and_one_without_issues_are_final()
    {
        Assert.Equal("GitHub has no status-im/nowhere that the token can see: correct the name, or give the token access.", (await Fails(Draft with { Repository = "status-im/nowhere" })).Message);
        _repository.HasIssues = false;
        var fault = await Fails();
        Assert.Equal("status-im/status-mobile takes no issues: switch them on in its settings on GitHub, or choose another repository.", fault.Message);
        Assert.True(fault.IsFinal);
    }

    [Fact]
    public async Task What_GitHub_finds_wrong_with_an_issue_names_the_field()
    {
        Assert.Equal("GitHub refuses it: title: missing_field.", (await Fails(Draft with { Title = "" })).Message);
        Assert.Equal("GitHub refuses it: title: title is too long (maximum is 256 characters).", (await Fails(Draft with { Title = new string('x', 257) })).Message);
        Assert.Equal("GitHub refuses it: assignees: invalid.", (await Fails(Draft with { Assignees = ["nobody"] })).Message);
        Assert.Empty(_repository.Issues);
    }

    [Theory]
    [InlineData(429, "Too many", "Retry-After", "7", 7)]
    [InlineData(403, "You have exceeded a secondary rate limit.", "Retry-After", "90", 90)]
    [InlineData(403, "You have exceeded a secondary rate limit.", "X-Nothing", "", 60)]
    [InlineData(429, "Too many", "Retry-After", "99999999", 3600)]
    [InlineData(429, "Too many", "Retry-After", "soon", 60)]
    public async Task Asked_to_slow_down_it_says_for_how_long(int status, string message, string header, string value, int seconds)
    {
        _github.RefuseNext(status, message, (header, value));
        var fault = await Fails();
        Assert.Equal(($"GitHub asks to slow down for {seconds} seconds.", false, Duration.FromSeconds(seconds)), (fault.Message, fault.IsFinal, fault.RetryAfter));
    }

    [Fact]
    public async Task When_the_hour_s_requests_are_used_up_it_waits_for_the_next_hour()
    {
        (_github.Remaining, _github.Reset) = (0, _clock.GetUtcNow() + TimeSpan.FromMinutes(12));
        var fault = await Fails();
        Assert.Equal((false, Duration.FromMinutes(12)), (fault.IsFinal, fault.RetryAfter));
        _github.Remaining = 10;
        await Create(Draft);
    }

    [Theory]
    [InlineData(nameof(Fault.Broken), "GitHub answers 500.")]
    [InlineData(nameof(Fault.Reset), "GitHub cannot be reached: ")]
    [InlineData(nameof(Fault.Hang), "GitHub did not answer within 15 seconds.")]
    [InlineData(nameof(Fault.Gibberish), "GitHub's answer cannot be read: ")]
    [InlineData(nameof(Fault.AnswerLost), "GitHub cannot be reached: ")]
    public async Task What_may_pass_is_not_final(string met, string says)
    {
        _api = ApiOf(FakeGitHub.Token, TimeSpan.FromSeconds(2));
        _github.NextTime(Enum.Parse<Fault>(met));
        var fault = await Fails();
        Assert.StartsWith(says, fault.Message, StringComparison.Ordinal);
        Assert.Equal((false, null), (fault.IsFinal, fault.RetryAfter));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"number\":")]
    [InlineData("[null]")]
    [InlineData("[{\"title\":\"x\"}]")]
    [InlineData("{\"message\":\"Moved Permanently\"}")]
    [InlineData("{\"number\":\"one\",\"created_at\":\"yesterday\"}")]
    [InlineData("{\"number\":1,\"html_url\":\"javascript:alert(1)\",\"state\":\"odd\",\"labels\":[null]}")]
    public async Task Json_that_is_no_issue_is_neither_taken_for_one_nor_for_none(string body)
    {
        await using var odd = await OddServer.Open(body);
        var tracker = new GitHubTracker(new GitHubApi(GitHubConnection.Open(new GitHubSettings(odd.Url, "x")), _clock), _clock);
        var faults = new List<IssueTrackerException>
        {
            await Assert.ThrowsAsync<IssueTrackerException>(() => tracker.Create(Draft, CancellationToken.None)),
            await Assert.ThrowsAsync<IssueTrackerException>(() => tracker.Read(new IssueReference(Name, 1), CancellationToken.None)),
            await Assert.ThrowsAsync<IssueTrackerException>(() => tracker.Find(Name, "marker", CancellationToken.None)),
        };
        Assert.All(faults, fault => Assert.False(fault.IsFinal));
        Assert.All(faults, fault => Assert.StartsWith("GitHub's answer cannot be read: ", fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_stops_in_its_middle_is_not_waited_for_for_ever()
    {
        await using var odd = await OddServer.Open("[", stops: true);
        var tracker = new GitHubTracker(new GitHubApi(GitHubConnection.Open(new GitHubSettings(odd.Url, "x"), TimeSpan.FromSeconds(1)), _clock), _clock);
        var fault = await Assert.ThrowsAsync<IssueTrackerException>(() => tracker.Find(Name, "marker", CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System));
        Assert.False(fault.IsFinal);
    }

    [Theory]
    [InlineData("status-mobile")]
    [InlineData("status-im/status-mobile/issues")]
    [InlineData("status-im/..")]
    [InlineData("../user")]
    [InlineData("status-im/x?y")]
    [InlineData("status-im/x\n")]
    [InlineData("")]
    public async Task Nothing_but_a_name_becomes_part_of_an_address(string repository)
    {
        var fault = await Fails(Draft with { Repository = repository });
        Assert.Equal($"\"{repository}\" is not a repository: write it as owner/name.", fault.Message);
        Assert.Empty(_github.Requests);
    }

    [Fact]
    public async Task Whether_GitHub_works_is_told_until_it_works_again()
    {
        Assert.Null(_api.Trouble);
        _github.NextTime(Fault.Broken);
        await Fails();
        Assert.Equal("GitHub answers 500.", _api.Trouble);
        await Fails(Draft with { Title = "" });
        Assert.Null(_api.Trouble); // it answers
        _github.RefuseNext(401, "Bad credentials");
        await Fails();
        Assert.NotNull(_api.Trouble);
        await Create(Draft);
        Assert.Null(_api.Trouble);
    }

    [Fact]
    public async Task The_token_goes_to_no_other_host()
    {
        await using var other = await FakeGitHub.Open(_clock);
        other.Add(Name);
        _github.RefuseNext(307, "Moved", ("Location", $"{other.ApiUrl}repos/{Name}/issues".Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));
        Assert.Equal("GitHub does not accept the token: make a new one and set GitHub__Token.", (await Fails()).Message);
        Assert.Single(other.Requests);
    }

    [Fact]
    public async Task Whoever_gives_up_gets_no_fault_of_GitHub_s()
    {
        using var cancel = new CancellationTokenSource();
        _github.NextTime(Fault.Hang);
        var waiting = new GitHubTracker(_api, _clock).Create(Draft, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private Task<IssueState> Create(IssueDraft draft) => new GitHubTracker(_api, _clock).Create(draft, CancellationToken.None);

    private Task<IssueTrackerException> Fails(IssueDraft? draft = null) => Assert.ThrowsAsync<IssueTrackerException>(() => Create(draft ?? Draft));

    private GitHubApi ApiOf(string token, TimeSpan? patience = null) =>
        new(GitHubConnection.Open(new GitHubSettings(_github.ApiUrl, token), patience), _clock);
}
