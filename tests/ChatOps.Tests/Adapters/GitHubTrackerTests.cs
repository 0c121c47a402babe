using ChatOps.Core.BugReports;
using ChatOps.GitHub;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.GitHub;
using Microsoft.Extensions.Time.Testing;

namespace ChatOps.Tests.Adapters;

/// <summary>Issues are created once, found again, and read as GitHub keeps them.</summary>
public sealed class GitHubTrackerTests : IAsyncLifetime
{
    private const string Name = "status-im/status-mobile";
    private const string Marker = "<!-- chatops 7f3a -->";

    private static readonly IssueDraft Draft = new(Name, "Login can be skipped", $"See the report.\n\n{Marker}", Marker, ["bug", "severity:high"], ["igor"]);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private FakeGitHub _github = null!;
    private FakeRepository _repository = null!;
    private GitHubTracker _tracker = null!;

    public async Task InitializeAsync()
    {
        _github = await FakeGitHub.Open(_clock);
        _repository = _github.Add(Name);
        _repository.Members.Add("igor");
        _tracker = TrackerOf(_github);
    }

    public async Task DisposeAsync() => await _github.DisposeAsync();

    [Fact]
    public async Task A_created_issue_has_what_was_asked_for_and_is_found_and_read()
    {
        var created = await _tracker.Create(Draft, CancellationToken.None);
        Assert.Equal(new IssueReference(Name, 1), created.Reference);
        Assert.Equal($"{_github.Address}/{Name}/issues/1", created.Url.AbsoluteUri);
        Assert.Equal(("Login can be skipped", false), (created.Title, created.Closed));
        Assert.Equal(["bug", "severity:high"], created.Labels);
        Assert.Equal(["igor"], created.Assignees);
        Assert.Equal(Draft.Body, _repository.Issues.Single().Body);
        Assert.Equivalent(created, await _tracker.Find(Name, Marker, CancellationToken.None), strict: true);
        Assert.Equivalent(created, await _tracker.Read(created.Reference, CancellationToken.None), strict: true);
        Assert.Null(await _tracker.Find(Name, "<!-- chatops 0000 -->", CancellationToken.None));
    }

    [Fact]
    public async Task What_GitHub_drops_without_a_word_is_missing_from_what_we_get()
    {
        _repository.MayPush = false;
        var created = await _tracker.Create(Draft, CancellationToken.None);
        Assert.Empty(created.Labels);
        Assert.Empty(created.Assignees);
    }

    [Theory]
    [InlineData(nameof(Fault.AnswerLost))]
    [InlineData(nameof(Fault.Hang))]
    [InlineData(nameof(Fault.Reset))]
    public async Task After_an_answer_that_never_came_looking_first_makes_one_issue_of_two_attempts(string fault)
    {
        _tracker = TrackerOf(_github, TimeSpan.FromSeconds(2));
        _github.NextTime(Enum.Parse<Fault>(fault));
        Assert.False((await Assert.ThrowsAsync<IssueTrackerException>(() => _tracker.Create(Draft, CancellationToken.None))).IsFinal);

        // Another life, which knows only that it began.
        var next = TrackerOf(_github);
        var issue = await next.Find(Name, Marker, CancellationToken.None) ?? await next.Create(Draft, CancellationToken.None);
        Assert.Equal(1, issue.Reference.Number);
        Assert.Single(_repository.Issues);
        Assert.Equal(fault == nameof(Fault.AnswerLost) ? 1 : 2, _github.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_marker_is_found_on_a_later_page_and_in_a_closed_issue()
    {
        await _tracker.Create(Draft, CancellationToken.None);
        _repository.Issues[0].IsClosed = true;
        for (var i = 0; i < 250; i++)
        {
            _repository.Issues.Add(new FakeIssue(i + 2, "Another", i % 2 == 0 ? null : "Something else", _clock.GetUtcNow()));
        }

        var found = await _tracker.Find(Name, Marker, CancellationToken.None);
        Assert.Equal((1, true), (found!.Reference.Number, found.Closed));
        Assert.Equal(3, _github.Requests.Count(request => request.StartsWith("GET /repos", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_is_read_that_is_older_than_thirty_days()
    {
        await _tracker.Create(Draft, CancellationToken.None);
        _clock.Advance(TimeSpan.FromDays(29));
        Assert.NotNull(await _tracker.Find(Name, Marker, CancellationToken.None));
        for (var i = 0; i < 150; i++)
        {
            _repository.Issues.Insert(0, new FakeIssue(1000 + i, "Old", null, _clock.GetUtcNow() - TimeSpan.FromDays(100)));
        }

        _github.Requests.Clear();
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Null(await _tracker.Find(Name, Marker, CancellationToken.None));
        Assert.Single(_github.Requests);
    }

    [Fact]
    public async Task Of_several_with_the_marker_the_first_is_ours_and_a_pull_request_never_is()
    {
        _repository.Issues.Add(new FakeIssue(1, "A change", Marker, _clock.GetUtcNow()) { IsPullRequest = true });
        _repository.Issues.Add(new FakeIssue(2, "Ours", $"text {Marker}", _clock.GetUtcNow()));
        _repository.Issues.Add(new FakeIssue(3, "A copy", $"text {Marker}", _clock.GetUtcNow()));
        Assert.Equal("Ours", (await _tracker.Find(Name, Marker, CancellationToken.None))!.Title);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_stranger_wrote_is_never_ours_however_old(bool isApp)
    {
        _github.IsApp = isApp;
        _repository.Issues.Add(new FakeIssue(1, "A stranger's", $"edited in later: {Marker}", _clock.GetUtcNow() - TimeSpan.FromDays(9)) { Author = "stranger" });
        Assert.Null(await _tracker.Find(Name, Marker, CancellationToken.None));
        var created = await _tracker.Create(Draft, CancellationToken.None);
        Assert.Equal(created.Reference, (await _tracker.Find(Name, Marker, CancellationToken.None))!.Reference);
        await _tracker.Find(Name, Marker, CancellationToken.None);
        Assert.Equal(1, _github.Requests.Count(request => request == "GET /user"));
    }

    [Fact]
    public async Task Where_nobody_says_whose_the_token_is_the_marker_has_to_do()
    {
        _github.KnowsNobody = true;
        var created = await _tracker.Create(Draft, CancellationToken.None);
        Assert.Equal(created.Reference, (await _tracker.Find(Name, Marker, CancellationToken.None))!.Reference);
        await _tracker.Find(Name, Marker, CancellationToken.None);
        Assert.Equal(1, _github.Requests.Count(request => request == "GET /user"));
    }

    [Theory]
    [InlineData("chatops-h1-12", true)]
    [InlineData("(chatops-h1-12).", true)]
    [InlineData("chatops-h1-123 and chatops-h1-12", true)]
    [InlineData("chatops-h1-123", false)]
    [InlineData("chatops-h1-12-3", false)]
    [InlineData("xchatops-h1-12", false)]
    [InlineData("CHATOPS-H1-12", false)]
    public async Task A_marker_is_not_taken_for_one_that_it_is_a_part_of(string body, bool isIt)
    {
        _repository.Issues.Add(new FakeIssue(1, "An issue", body, _clock.GetUtcNow()));
        Assert.Equal(isIt, await _tracker.Find(Name, "chatops-h1-12", CancellationToken.None) is not null);
    }

    [Fact]
    public async Task An_issue_is_read_as_it_is_now()
    {
        var created = await _tracker.Create(Draft, CancellationToken.None);
        var issue = _repository.Issues.Single();
        (issue.Title, issue.IsClosed) = ("Login can be skipped with an empty PIN", true);
        var read = await _tracker.Read(created.Reference, CancellationToken.None);
        Assert.Equal(("Login can be skipped with an empty PIN", true), (read!.Title, read.Closed));

        issue.IsDeleted = true;
        Assert.Null(await _tracker.Read(created.Reference, CancellationToken.None));
        Assert.Null(await _tracker.Read(new IssueReference(Name, 99), CancellationToken.None));
    }

    [Fact]
    public async Task A_repository_that_went_out_of_sight_does_not_make_its_issues_gone()
    {
        var created = await _tracker.Create(Draft, CancellationToken.None);
        _repository.IsVisible = false;
        var fault = await Assert.ThrowsAsync<IssueTrackerException>(() => _tracker.Read(created.Reference, CancellationToken.None));
        Assert.Equal($"GitHub has no {Name} that the token can see: correct the name, or give the token access.", fault.Message);
    }

    [Fact]
    public async Task A_renamed_repository_and_a_moved_issue_are_followed_and_the_reference_says_where_they_are()
    {
        _repository.RenamedTo = "status-im/mobile";
        var mobile = _github.Add("status-im/mobile");
        mobile.Members.Add("igor");
        var created = await _tracker.Create(Draft, CancellationToken.None);
        Assert.Equal(new IssueReference("status-im/mobile", 1), created.Reference);
        Assert.Equal(created.Reference, (await _tracker.Find(Name, Marker, CancellationToken.None))!.Reference);

        mobile.Issues[0].MovedTo = ("status-im/desktop", 1);
        _github.Add("status-im/desktop").Issues.Add(new FakeIssue(1, "Moved", Marker, _clock.GetUtcNow()));
        Assert.Equal(new IssueReference("status-im/desktop", 1), (await _tracker.Read(created.Reference, CancellationToken.None))!.Reference);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/api/v3")]
    [InlineData("/some/where")]
    public async Task Requests_go_exactly_where_the_setting_says(string under)
    {
        await using var github = await FakeGitHub.Open(_clock, under);
        github.Add(Name).Members.Add("igor");
        var tracker = TrackerOf(github);
        await tracker.Create(Draft, CancellationToken.None);
        Assert.NotNull(await tracker.Find(Name, Marker, CancellationToken.None));
        Assert.Equal([$"POST {under}/repos/{Name}/issues", $"GET {under}/repos/{Name}/issues?state=all&sort=created&direction=desc&per_page=100", $"GET {under}/user"], github.Requests);
    }

    private GitHubTracker TrackerOf(FakeGitHub github, TimeSpan? patience = null)
    {
        var settings = new GitHubSettings(github.ApiUrl, FakeGitHub.Token);
        return new GitHubTracker(new GitHubApi(GitHubConnection.Open(settings, patience), _clock), _clock);
    }
}
