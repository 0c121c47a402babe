using System.Text.Json.Nodes;
using ChatOps.Tests.Fakes.Slack;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>A bot in a Slack workspace with the channel #on-call, in which are igor and ana.</summary>
internal sealed class SlackWorld : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private SlackWorld(FakeSlack slack, World world) => (Slack, World) = (slack, world);

    public FakeSlack Slack { get; }

    public World World { get; }

    /// <param name="before">What the workspace has before the bot comes.</param>
    /// <param name="settings">More settings.</param>
    public static async Task<SlackWorld> Begin(Action<FakeSlack>? before = null, params string[] settings)
    {
        var now = Instant.FromUtc(2026, 11, 23, 10, 0);
        var clock = new FakeTimeProvider(now.ToDateTimeOffset());
        var slack = await FakeSlack.Open(clock);
        slack.Limits.BetweenPosts = TimeSpan.Zero; // this clock leaps while a call is on its way
        slack.Users.Add("igor", "Igor", "igor@example.org");
        slack.Users.Add("ana", "Ana", "ana@example.org");
        slack.Channels.Add("on-call", false, true, "igor", "ana");
        before?.Invoke(slack);
        var world = await World.BeginOn(clock, ["--Chat:Platforms:0=Slack", .. slack.Settings(Transport.Http), .. settings]);
        slack.Bot = new Uri(world.Http.BaseAddress!, "slack/");
        return new SlackWorld(slack, world);
    }

    /// <summary>A slash command, and what the person reads.</summary>
    public async Task<string> Says(string user, string text)
    {
        var words = text.Split(' ', 2);
        var reply = await Slack.Command(user, "on-call", words[0], words.Length > 1 ? words[1] : "");
        return reply.Message is { } message ? WordsOf(message.Blocks) : "";
    }

    /// <summary>Lets time pass in steps, so that what waits for its pace comes to its turn.</summary>
    public async Task Until(Func<bool> condition, string otherwise)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < Deadline, $"{otherwise}; #on-call has:\n{string.Join("\n", InChannel())}\ninvalid:\n{string.Join("\n", Slack.Invalid)}\ncalls: {string.Join(" ", Slack.Calls.TakeLast(30).Select(call => $"{call.Method} {call.Error}"))}\nand the log:\n{string.Join("\n", World.Log.Lines.TakeLast(20))}");
            World.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }

    /// <summary>What somebody reads on their home tab; empty before they have opened it.</summary>
    public string Home(string user) => WordsOf(Slack.Views.Home(user)?.Blocks);

    public IReadOnlyList<string> InChannel(string channel = "on-call") => [.. Slack.Messages.In(channel).Select(message => Slack.Messages.Now(message)).Select(message => message.Blocks is null ? message.Visible : WordsOf(message.Blocks))];

    /// <summary>All that stands in blocks, rich text included; each block is a line.</summary>
    private static string WordsOf(JsonArray? blocks) => string.Join('\n', (blocks ?? []).Select(Words));

    private static string Words(JsonNode? node) => node switch
    {
        JsonObject part when part["text"] is JsonValue text && text.TryGetValue<string>(out var words) => words,
        JsonObject part => string.Concat(part.Select(each => Words(each.Value))),
        JsonArray list => string.Concat(list.Select(Words)),
        _ => "",
    };

    public async ValueTask DisposeAsync()
    {
        await World.Stop();
        Assert.Empty(World.Log.Errors);
        Assert.Empty(Slack.Invalid);
        Assert.Equal(0, Slack.Limits.Refused);
        await Slack.DisposeAsync();
    }
}
