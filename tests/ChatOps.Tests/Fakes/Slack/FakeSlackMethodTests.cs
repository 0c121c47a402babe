using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>Every method takes a good call, and every forged request is what it says.</summary>
public sealed class FakeSlackMethodTests : IAsyncLifetime, IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private FakeSlack _slack = null!;
    private FakeSlackCaller _api = null!;

    public async Task InitializeAsync()
    {
        _slack = await FakeSlack.Open(_clock);
        _slack.Users.Add("igor", email: "igor@example.org");
        _slack.Users.Add("ana");
        _slack.Channels.Add("on-call", false, true, "igor");
        _slack.Groups.Add("oncall", "igor");
        _api = new FakeSlackCaller(_slack);
    }

    public async Task DisposeAsync() => await _slack.DisposeAsync();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Every_method_takes_a_good_call()
    {
        var channel = _slack.Channels["on-call"].Id;
        var (igor, ana, group) = (_slack.Users["igor"].Id, _slack.Users["ana"].Id, _slack.Groups["oncall"].Id);
        var ts = (string)(await _api.Good("chat.postMessage", new() { ["channel"] = channel, ["text"] = "x" }))["ts"]!;
        var asked = new HashSet<string> { "chat.postMessage", "apps.connections.open" };
        async Task<JsonNode> Ask(string method, params (string Name, string Value)[] arguments)
        {
            asked.Add(method);
            var answer = await _api.Form(method, arguments.ToDictionary(argument => argument.Name, argument => argument.Value));
            Assert.True((bool)answer["ok"]!, $"{method}: {answer.ToJsonString()}");
            return answer;
        }

        Assert.Equal(Workspace.BotUser, (string?)(await Ask("auth.test"))["user_id"]);
        await Ask("chat.update", ("channel", channel), ("ts", ts), ("text", "y"));
        await Ask("chat.postEphemeral", ("channel", channel), ("user", igor), ("text", "only you"));
        await Ask("chat.getPermalink", ("channel", channel), ("message_ts", ts));
        await Ask("chat.scheduleMessage", ("channel", channel), ("text", "later"), ("post_at", $"{_clock.GetUtcNow().ToUnixTimeSeconds() + 60}"));
        await Ask("pins.add", ("channel", channel), ("timestamp", ts));
        await Ask("reactions.add", ("channel", channel), ("timestamp", ts), ("name", "eyes"));
        await Ask("bookmarks.add", ("channel_id", channel), ("title", "Runbook"), ("type", "link"), ("link", "https://example.org"));
        Assert.Single((await Ask("conversations.replies", ("channel", channel), ("ts", ts)))["messages"]!.AsArray());
        Assert.Single((await Ask("conversations.history", ("channel", channel), ("oldest", ts), ("inclusive", "true")))["messages"]!.AsArray());
        Assert.Equal("on-call", (string?)(await Ask("conversations.info", ("channel", channel)))["channel"]!["name"]);
        Assert.Equal(2, (await Ask("conversations.members", ("channel", channel)))["members"]!.AsArray().Count);
        await Ask("conversations.invite", ("channel", channel), ("users", ana));
        await Ask("conversations.setTopic", ("channel", channel), ("topic", "Igor is on call"));
        await Ask("conversations.join", ("channel", channel));
        Assert.StartsWith("D", (string?)(await Ask("conversations.open", ("users", igor)))["channel"]!["id"], StringComparison.Ordinal);
        var made = (string)(await Ask("conversations.create", ("name", "incident-1")))["channel"]!["id"]!;
        await Ask("conversations.archive", ("channel", made));
        _slack.Workspace.PageAtMost = 1;
        var page = await Ask("conversations.list");
        Assert.Equal("incident-1", (string?)(await Ask("conversations.list", ("cursor", (string)page["response_metadata"]!["next_cursor"]!)))["channels"]![0]!["name"]);
        await Ask("users.info", ("user", igor));
        await Ask("users.list");
        Assert.Equal(igor, (string?)(await Ask("users.lookupByEmail", ("email", "Igor@example.org")))["user"]!["id"]);
        await Ask("usergroups.list", ("include_users", "true"));
        await Ask("usergroups.users.update", ("usergroup", group), ("users", ana));
        Assert.Equal(ana, (string?)(await Ask("usergroups.users.list", ("usergroup", group)))["users"]![0]);
        await Ask("usergroups.disable", ("usergroup", group));
        await Ask("usergroups.enable", ("usergroup", group));
        var view = _slack.Views.Find((string)(await Ask("views.open", ("trigger_id", _slack.Workspace.Triggers.Give(igor)), ("view", Modal("One"))))["view"]!["id"]!)!;
        await Ask("views.push", ("trigger_id", _slack.Workspace.Triggers.Give(igor, view)), ("view", Modal("Two")));
        await Ask("views.update", ("view_id", view.Id), ("hash", view.Hash), ("view", Modal("Three")));
        await Ask("views.publish", ("user_id", igor), ("view", new JsonObject { ["type"] = "home", ["blocks"] = new JsonArray(FakeSlackBot.Section("Home")) }.ToJsonString()));
        Assert.Equal("Two", _slack.Views.Top("igor")!.Title);
        var upload = await Ask("files.getUploadURLExternal", ("filename", "a.txt"), ("length", "13"));
        await _api.Respond((string)upload["upload_url"]!, new() { ["a"] = "12345" });
        await Ask("files.completeUploadExternal", ("files", $$"""[{"id":"{{upload["file_id"]}}"}]"""), ("channel_id", channel));
        await Ask("chat.delete", ("channel", channel), ("ts", ts));
        Assert.Empty(ApiMethod.All.Keys.Except(asked));
        Assert.Empty(_slack.Invalid);
    }

    [Fact]
    public async Task Forged_and_broken_requests_are_as_wrong_as_they_say()
    {
        await using var bot = await FakeSlackBot.Open();
        _slack.Bot = bot.Address;
        await _slack.Raw.Aged(TimeSpan.FromMinutes(10));
        await _slack.Raw.GarbageTimestamp();
        await _slack.Raw.WrongSignature();
        await _slack.Raw.Unsigned();
        string? Header(int request, string name) => bot.Requests[request].Headers.GetValueOrDefault(name);
        bool IsSigned(int request) => Header(request, "X-Slack-Signature") == HttpDelivery.Signature(FakeSlack.SigningSecret, Header(request, "X-Slack-Request-Timestamp")!, bot.Requests[request].Body);
        Assert.Equal([true, true, false, false], Enumerable.Range(0, 4).Select(IsSigned));
        Assert.Equal(($"{_clock.GetUtcNow().ToUnixTimeSeconds() - 600}", "abc", null), (Header(0, "X-Slack-Request-Timestamp"), Header(1, "X-Slack-Request-Timestamp"), Header(3, "X-Slack-Signature")));

        _slack.CharsetSuffix = true;
        bot.Answers = request => ((string)request.Payload["challenge"]!, "text/plain");
        Assert.Equal("c-1", (await _slack.Raw.UrlVerification("c-1")).Body);
        Assert.Equal("application/json; charset=utf-8", Header(4, "Content-Type"));
    }

    private static string Modal(string title) => FakeSlackBot.Modal(title).ToJsonString();
}
