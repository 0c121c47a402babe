using ChatOps.Chat.Slack;
using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Chat;
using ChatOps.Core.People;
using ChatOps.Storage.LiteDb;
using ChatOps.Tests.Fakes;
using ChatOps.Tests.Fakes.Slack;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace ChatOps.Tests.Conformance;

/// <summary>Slack keeps the promises of every chat, and turns its own words into waiting, joining and giving up as they mean it.</summary>
public sealed partial class SlackPlatformTests : ChatPlatformContract, IAsyncLifetime, IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatops-slack-");
    private readonly Dictionary<string, string> _subjects = [];
    private LiteDbStore _store = null!;
    private FakeSlack _slack = null!;
    private HttpClient _http = null!;
    private SlackChannels _channels = null!;
    private SlackState _state = null!;
    private SlackPlatform _slackPlatform = null!;
    private Patient _platform = null!;

    private protected override IChatPlatform Platform => _platform;

    public async Task InitializeAsync()
    {
        _slack = await FakeSlack.Open(_clock);
        _slack.Users.Add("igor", "Igor");
        _slack.Channels.Add(Channel, false, true, "igor");
        _store = LiteDbStore.Open(Path.Combine(_folder.FullName, "chatops.db"), [Person.Collection, Handle.Collection], TimeProvider.System, NullLogger<LiteDbStore>.Instance);
        Connect(TimeSpan.FromSeconds(5));
    }

    public async Task DisposeAsync()
    {
        Assert.Empty(_slack.Invalid);
        Assert.Equal(0, _slack.Limits.Refused);
        await _slack.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public void Dispose()
    {
        _http.Dispose();
        _channels.Dispose();
    }

    [Theory]
    [InlineData(nameof(Fault.Broken))]
    [InlineData(nameof(Fault.Reset))]
    [InlineData(nameof(Fault.Hang))]
    [InlineData(nameof(Fault.Gibberish))]
    [InlineData(nameof(Fault.AnswerLost))]
    [InlineData(nameof(Fault.Forbidden))]
    public async Task Whatever_goes_wrong_on_the_way_is_tried_again_soon(string fault)
    {
        var message = Message("A-1", "Disk full");
        var posted = await Sent(Platform.Post(message, default));
        Connect(TimeSpan.FromMilliseconds(300));
        _clock.Advance(TimeSpan.FromSeconds(2));
        foreach (var (method, call) in new (string, Func<Task<Delivered>>)[]
        {
            ("chat.postMessage", () => Platform.Post(message, default)), ("chat.update", () => Platform.Update(posted, message, default)), ("conversations.history", () => Platform.FindPosted(message, default)),
        })
        {
            _slack.FailNext(method, Enum.Parse<Fault>(fault));
            var later = Assert.IsType<Delivered.Later>(await call());
            Assert.Equal((Duration.FromSeconds(5), false), (later.After, later.Expected));
            Assert.False((await _state.Look(default)).Works);
        }

        Assert.IsType<Delivered.Sent>(await Platform.Update(posted, message, default));
        Assert.Equal("ok, request URLs", (await _state.Look(default)).State);
    }

    [Fact]
    public async Task Slacks_own_trouble_passes_and_what_it_asks_to_be_left_alone_is()
    {
        _slack.Channels.Add("other");
        _slack.FailNext("chat.postMessage", "internal_error");
        Assert.Equal(Duration.FromSeconds(5), (await Later(Post())).After);

        _slack.FailNext("chat.postMessage", Fault.TooMany);
        var later = await Later(Post());
        Assert.Equal((Duration.FromSeconds(7), false), (later.After, later.Expected));
        var asked = _slack.Asked("chat.postMessage");

        // The method rests in that channel: it is not even asked, and nobody is told.
        _clock.Advance(TimeSpan.FromSeconds(6));
        later = await Later(_slackPlatform.Post(Message("A-2", "Mail down"), default));
        Assert.Equal((Duration.FromSeconds(1), true), (later.After, later.Expected));
        Assert.Equal(asked, _slack.Asked("chat.postMessage"));
        Assert.IsType<Delivered.Sent>(await Platform.Post(Message("A-2", "Mail down") with { Channel = "other" }, default));

        _clock.Advance(TimeSpan.FromSeconds(1));
        await Sent(Post());
    }

    [Fact]
    public async Task A_clock_that_is_set_back_keeps_nothing_back()
    {
        await Sent(Post());
        _slack.FailNext("chat.postMessage", Fault.TooMany);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Later(_slackPlatform.Post(Message("A-2", "Mail down"), default));
        _slack.Limits.Enforced = false; // Slack has a clock of its own
        _clock.AdjustTime(_clock.GetUtcNow().AddHours(-1));
        Assert.Null(_slackPlatform.UntilPost(Channel));
        await Sent(_slackPlatform.Post(Message("A-2", "Mail down"), default));
    }

    [Theory]
    [InlineData("invalid_blocks")]
    [InlineData("msg_too_long")]
    [InlineData("metadata_too_large")]
    public async Task What_is_wrong_with_the_message_itself_is_never_tried_again(string error)
    {
        _slack.FailNext("chat.postMessage", error);
        Assert.Contains(error, Assert.IsType<Delivered.Never>(await Post()).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a_word_of_tomorrow")]
    [InlineData("team_access_not_granted")]
    [InlineData("user_is_bot")]
    public async Task Any_other_refusal_is_said_and_tried_again(string error)
    {
        _slack.FailNext("chat.postMessage", error);
        var later = await Later(Post());
        Assert.Equal(Duration.FromMinutes(1), later.After);
        Assert.Contains(error, later.Why, StringComparison.Ordinal);
        Assert.Contains(error, (await _state.Look(default)).State, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Sent(Post());
    }

    [Fact]
    public async Task A_revoked_token_waits_says_so_and_recovers_by_itself()
    {
        _slack.FailNext("chat.postMessage", "token_revoked");
        var later = await Later(Post());
        Assert.Equal((Duration.FromMinutes(1), "Slack's chat.postMessage: token_revoked: install the app again and set Slack__BotToken to its token"), (later.After, later.Why));
        Assert.Equal($"request URLs; sending: {later.Why}", (await _state.Look(default)).State);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await Sent(Post());
        Assert.True((await _state.Look(default)).Works);
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        _slack.Workspace.Scopes.Remove("chat:write");
        Assert.Contains("the app needs the scope chat:write", (await Later(Post())).Why, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _slack.Workspace.Scopes.Add("chat:write");
        await Sent(Post());
    }

    [Fact]
    public async Task A_message_is_found_behind_many_and_among_those_of_other_apps_and_in_threads()
    {
        _slack.Workspace.PageAtMost = 5;
        var message = Message("A-1", "Disk full");
        var posted = await Sent(Platform.Post(message, default));
        for (var i = 0; i < 20; i++)
        {
            _slack.Writes("igor", Channel, "What is going on?");
        }

        _slack.Messages.Change(_slack.Writes("igor", Channel, "from another app"), now => now with { Metadata = new() { ["event_type"] = "other", ["event_payload"] = new System.Text.Json.Nodes.JsonObject { ["token"] = 5 } } });
        Assert.Equal(posted, await Sent(Platform.FindPosted(message, default)));

        var reply = Message("A-1", "Opened") with { Thread = posted };
        _clock.Advance(TimeSpan.FromSeconds(2));
        var replied = await Sent(Platform.Post(reply, default));
        Assert.Equal(replied, await Sent(Platform.FindPosted(reply, default)));
        Assert.IsType<Delivered.NotThere>(await Platform.FindPosted(reply with { Thread = posted[..^1] + "9" }, default));
    }

    [Fact]
    public async Task A_message_behind_more_pages_than_may_be_read_in_a_minute_is_found_all_the_same()
    {
        _slack.Workspace.PageAtMost = 1;
        var message = Message("A-1", "Disk full");
        var posted = await Sent(Platform.Post(message, default));
        for (var i = 0; i < 30; i++)
        {
            _slack.Writes("igor", Channel, "What is going on?");
        }

        Assert.True((await Later(Platform.FindPosted(message, default))).Expected);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(posted, await Sent(Platform.FindPosted(message, default)));
        Assert.Equal(31, _slack.Asked("conversations.history"));
    }

    [Fact]
    public async Task A_reply_that_everybody_should_see_stands_in_the_channel_too()
    {
        var root = await Sent(Post());
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Sent(Platform.Post(Message("A-1", "Quiet") with { Thread = root }, default));
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Sent(Platform.Post(Message("A-1", "Escalated") with { Thread = root, Aloud = true }, default));
        Assert.Equal([false, false, true], _slack.Messages.In(Channel).Select(message => message.Broadcast));
    }

    [Theory]
    [InlineData("message_not_found")]
    [InlineData("cant_update_message")]
    [InlineData("edit_window_closed")]
    public async Task What_can_no_longer_be_changed_is_gone(string error)
    {
        var posted = await Sent(Post());
        _slack.FailNext("chat.update", error);
        Assert.IsType<Delivered.Gone>(await Platform.Update(posted, Message("A-1", "Disk full"), default));
    }

    private protected override Task<IReadOnlyList<Standing>> Read() => Task.FromResult<IReadOnlyList<Standing>>(
        [.. _slack.Messages.In(Channel).Select(message => new Standing(
            $"{message.Channel}/{message.Ts}", Channel, message.Thread is { } thread ? $"{message.Channel}/{thread}" : null, _subjects[Token(message)], Token(message), message.Text.Replace("🔴 Firing: ", "", StringComparison.Ordinal).Replace("🟢 Resolved: ", "", StringComparison.Ordinal)))]);

    private static string Token(FakeSlackMessage message) => (string)message.Metadata!["event_payload"]!["token"]!;

    private Task<Delivered> Post() => _platform.Post(Message("A-1", "Disk full"), default);

    private static async Task<Delivered.Later> Later(Task<Delivered> outcome) => Assert.IsType<Delivered.Later>(await outcome);

    private void Connect(TimeSpan patience)
    {
        _http?.Dispose();
        _channels?.Dispose();
        _http = new HttpClient { Timeout = patience };
        var settings = new SlackSettings(FakeSlack.BotToken, [], null, _slack.ApiUrl);
        var pace = new SlackPace(_clock);
        var client = new SlackClient(new SlackTransport(_http, settings, pace));
        _channels = new SlackChannels(client, _clock);
        _state = new SlackState(settings, _clock);
        _slackPlatform = new SlackPlatform(client, _channels, new SlackPeople(client, new PeopleDirectory(_store, new TakenNames([])), _clock), _state, pace);
        _platform = new Patient(_slackPlatform, _clock, _subjects);
    }

    /// <summary>Waits for its turn, as the delivery worker would, so that the contract can post one message after another.</summary>
    private sealed class Patient(SlackPlatform slack, FakeTimeProvider clock, Dictionary<string, string> subjects) : IChatPlatform
    {
        public string Name => slack.Name;

        public PlatformAbilities Abilities => slack.Abilities;

        public Task<Delivered> Post(OutgoingMessage message, CancellationToken cancel)
        {
            subjects[message.Token] = message.Subject;
            if (slack.UntilPost(message.Channel) is { } wait && wait <= SlackPace.BetweenPosts)
            {
                clock.Advance(wait.ToTimeSpan());
            }

            return slack.Post(message, cancel);
        }

        public Task<Delivered> Update(string reference, OutgoingMessage message, CancellationToken cancel) => slack.Update(reference, message, cancel);

        public Task<Delivered> FindPosted(OutgoingMessage message, CancellationToken cancel) => slack.FindPosted(message, cancel);
    }
}
