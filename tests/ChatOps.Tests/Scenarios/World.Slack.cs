using System.Net.Http.Headers;
using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Following;
using ChatOps.Chat.Slack.Incoming;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Storage;
using ChatOps.Tests.Fakes.Slack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>The same program with Slack for its chat. Beside what nobody heard, a call that Slack would refuse fails the scenario at the end.</summary>
internal sealed partial class World
{
    private const string HookSecret = "hook-secret";

    private readonly HashSet<string> _heardInSlack = [];
    private FakeSlack? _slack;

    public FakeSlack Slack => _slack ?? throw new InvalidOperationException("This scenario has no Slack: begin it with BeginWithSlack.");

    /// <summary>A fresh bot in a workspace with igor and ana, who are in #on-call with it.</summary>
    public static Task<World> BeginWithSlack(params string[] settings) => BeginWithSlack(null, settings);

    /// <param name="prepare">What is other in the workspace or the program before it starts.</param>
    /// <param name="settings">Beside those that Slack needs.</param>
    public static async Task<World> BeginWithSlack(Action<World>? prepare, params string[] settings)
    {
        var clock = new FakeTimeProvider(Instant.FromUtc(2026, 11, 23, 10, 0).ToDateTimeOffset());
        var slack = await FakeSlack.Open(clock);
        slack.Limits.BetweenPosts = TimeSpan.Zero; // this clock leaps while a call is on its way; what goes out by the real one is measured elsewhere
        slack.Users.Add("igor", "Igor", tz: "Etc/UTC");
        slack.Users.Add("ana", "Ana", tz: "Etc/UTC");
        slack.Channels.Add("on-call", false, true, "igor", "ana");
        var world = new World(["--Chat:Platforms=Slack", $"--Sources:Alertmanager:Secret={HookSecret}", .. slack.Settings(Transport.Http), .. settings], clock) { _slack = slack };
        prepare?.Invoke(world);
        await world.Start();
        try
        {
            await world.HearsTopic("On call: nobody");
            return world;
        }
        catch
        {
            await world.Stop();
            throw;
        }
    }

    /// <summary>The next message in a channel that nobody heard yet, in its thread or out of it.</summary>
    public async Task<FakeSlackMessage> HearsInSlack(string channel = "on-call")
    {
        await Settle();
        return Next(Slack.Messages.In(channel), $"Nothing new is in #{channel}.");
    }

    /// <summary>The channel's topic was changed to this.</summary>
    public async Task HearsTopic(string topic, string channel = "on-call")
    {
        await Settle();
        var line = Slack.Messages.In(channel).FirstOrDefault(message => IsUnheard(message) && IsAboutTopic(message));
        Assert.Equal($"set the channel topic: {topic}", line?.Visible);
        _heardInSlack.Add(line!.Ts + line.Channel);
    }

    /// <summary>The next message that only this person sees, as soon as it comes.</summary>
    public async Task<FakeSlackMessage> Sees(string user)
    {
        await Until(() => Task.FromResult(Slack.Messages.OnlyFor(user).Any(IsNew)), $"Only {user} sees nothing new.");
        return Next(Slack.Messages.OnlyFor(user), "");
    }

    /// <summary>The next message that the bot writes to somebody directly, as soon as it comes.</summary>
    public async Task<FakeSlackMessage> IsToldDirectly(string user)
    {
        await Until(
            () =>
            {
                // A message a second goes there, too.
                if (Services.GetRequiredService<SlackPace>().UntilPost(Slack.Channels.Direct(Slack.Users[user].Id).Id) is { } wait)
                {
                    Clock.Advance(wait.ToTimeSpan());
                }

                return Task.FromResult(Slack.Messages.Direct(user).Any(IsNew));
            },
            $"{user} is told nothing new.");
        return Next(Slack.Messages.Direct(user), "");
    }

    /// <summary>Hears whatever is in Slack: for scenarios that are about something else.</summary>
    public async Task HearsWhateverIsInSlack()
    {
        await Settle();
        _heardInSlack.UnionWith(Slack.Messages.All.Select(message => message.Ts + message.Channel));
    }

    /// <summary>The window that somebody looks at, as soon as it opens.</summary>
    public async Task<FakeView> LooksAt(string user)
    {
        await Until(() => Task.FromResult(Slack.Views.Top(user) is not null), $"No window opens for {user}.");
        return Slack.Views.Top(user)!;
    }

    /// <summary>Somebody types a command and gets an answer that only they see.</summary>
    public async Task<string> SaysInSlack(string user, string text)
    {
        var words = text.Split(' ', 2);
        var reply = await Slack.Command(user, "on-call", words[0], words.Length > 1 ? words[1] : "");
        Assert.Null(reply.Failure);
        return reply.Message is { } message ? Next([message], "").Visible : "";
    }

    /// <summary>Waits until everything that Slack said is handled, and noted as handled.</summary>
    public Task IsHandled() => Until(() => Task.FromResult(Services.GetRequiredService<SlackWork>().IsIdle), "Something that Slack said is still being handled.");

    private bool IsNew(FakeSlackMessage message) => IsUnheard(message) && !IsAboutTopic(message);

    private bool IsUnheard(FakeSlackMessage message) => message.User == Workspace.BotUser && !_heardInSlack.Contains(message.Ts + message.Channel);

    /// <summary>Slack's own line about a change of the topic, which comes before, between or behind what we post.</summary>
    private static bool IsAboutTopic(FakeSlackMessage message) => message.Subtype == "channel_topic";

    private FakeSlackMessage Next(IEnumerable<FakeSlackMessage> messages, string otherwise)
    {
        var next = messages.FirstOrDefault(IsNew);
        Assert.True(next is not null, otherwise);
        _heardInSlack.Add(next!.Ts + next.Channel);
        return next;
    }

    private void MeetSlack()
    {
        if (_slack is not null)
        {
            _slack.Bot = new Uri($"{_address}/slack/");
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", HookSecret);
        }
    }

    /// <summary>A message a second goes into a channel: time has to pass until all of them are there.</summary>
    private async Task SettleInSlack(IStore store) => await Until(
        async () =>
        {
            await IsHandled();
            if (!Services.GetRequiredService<SlackFollowing>().IsIdle)
            {
                return false;
            }

            if (await store.Count(Mark.ByPlatform, Keys.All) == 0)
            {
                return Services.GetRequiredService<SlackFollowing>().IsIdle;
            }

            Clock.Advance(TimeSpan.FromMilliseconds(100));
            return false;
        },
        "marks are still waiting");

    private void HeardAllOfSlack() => Assert.Empty(Slack.Messages.All.Where(message => !message.Deleted && IsUnheard(message)).Select(message => message.ToString()));

    private async Task CloseSlack()
    {
        if (_slack is not null)
        {
            await _slack.DisposeAsync();
            Assert.Empty(_slack.Invalid);
            Assert.Equal((0, 0), (_slack.Limits.Refused, _slack.Workspace.ResponseUrls.Refused));
        }
    }
}
