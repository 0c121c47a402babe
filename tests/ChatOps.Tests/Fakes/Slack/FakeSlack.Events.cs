using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>What happens in the workspace, as the Events API tells it.</summary>
internal sealed partial class FakeSlack
{
    /// <summary>Until an event is tried again: at once, then after one minute, then after five.</summary>
    private static readonly TimeSpan[] Ladder = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    private readonly List<EventAttempt> _attempts = [];

    /// <summary>Every delivery of every event, retries included.</summary>
    public IReadOnlyList<EventAttempt> EventAttempts
    {
        get
        {
            lock (_workspace.Gate)
            {
                return [.. _attempts];
            }
        }
    }

    /// <summary>Somebody writes the bot's name in a channel.</summary>
    public Task<SlackReply> Mention(string user, string channel, string text, string? thread = null)
    {
        var message = Writes(user, channel, $"<@{Workspace.BotUser}> {text}", thread);
        var inner = Written("app_mention", message);
        inner.Remove("channel_type");
        return Event(inner);
    }

    /// <summary>Somebody writes to the bot directly.</summary>
    public Task<SlackReply> DirectMessage(string user, string text) => Event(Written("message", Writes(user, Channels.Direct(Users[user].Id).Id, text)));

    /// <summary>Somebody writes in a channel, not to the bot.</summary>
    public Task<SlackReply> Message(string user, string channel, string text, string? thread = null) => Event(Written("message", Writes(user, channel, text, thread)));

    public Task<SlackReply> OpensHome(string user)
    {
        var inner = new JsonObject { ["type"] = "app_home_opened", ["user"] = Users[user].Id, ["channel"] = Channels.Direct(Users[user].Id).Id, ["tab"] = "home" };
        if (Views.Home(user) is { } home)
        {
            inner["view"] = home.ToJson();
        }

        return Event(inner);
    }

    public Task<SlackReply> Reacts(string user, FakeSlackMessage message, string emoji)
    {
        Messages.Change(message, now => now with { Reactions = [.. now.Reactions, (emoji, Users[user].Id)] });
        return Event(new JsonObject
        {
            ["type"] = "reaction_added",
            ["user"] = Users[user].Id,
            ["reaction"] = emoji,
            ["item_user"] = message.User,
            ["item"] = new JsonObject { ["type"] = "message", ["channel"] = message.Channel, ["ts"] = message.Ts },
        });
    }

    /// <summary>Somebody joins a channel; the bot itself does by its user id.</summary>
    public Task<SlackReply> Joins(string user, string channel)
    {
        var where = Channels[channel];
        where.Members.Add(Users[user].Id);
        return Event(new JsonObject { ["type"] = "member_joined_channel", ["user"] = Users[user].Id, ["channel"] = where.Id, ["channel_type"] = where.Type == "public_channel" ? "C" : "G", ["team"] = Workspace.TeamId });
    }

    /// <summary>Somebody's profile is other than it was: change it first.</summary>
    public Task<SlackReply> Changes(FakeUser user) => Event(new JsonObject { ["type"] = "user_change", ["user"] = user.ToJson(_workspace.Scopes.Contains("users:read.email")), ["cache_ts"] = _workspace.Now() });

    /// <summary>Somebody is new: add them first.</summary>
    public Task<SlackReply> JoinsTeam(FakeUser user) => Event(new JsonObject { ["type"] = "team_join", ["user"] = user.ToJson(_workspace.Scopes.Contains("users:read.email")), ["cache_ts"] = _workspace.Now() });

    public Task<SlackReply> Archives(string user, string channel)
    {
        Channels[channel].Archived = true;
        return Event(new JsonObject { ["type"] = "channel_archive", ["channel"] = Channels[channel].Id, ["user"] = Users[user].Id, ["is_moved"] = 0 });
    }

    /// <summary>An event of any kind. Its first delivery and the retry at once are waited for; the later ones come as the clock goes on.</summary>
    /// <param name="inner">The inner event, with its type.</param>
    /// <param name="eventId">The id that names it; the same one twice is the same event delivered twice.</param>
    public async Task<SlackReply> Event(JsonObject inner, string? eventId = null)
    {
        var delivery = new Delivery("event", Payloads.Event(inner, eventId));
        var answer = await Attempt(delivery, 0, null);
        var attempts = 1;
        if (answer is { Reason: { } reason, NoRetry: false })
        {
            answer = await Attempt(delivery, attempts++, reason);
            _ = TryLater(delivery, answer);
        }

        return Answers.ToEvent(_workspace, answer) with { Attempts = attempts };
    }

    private async Task TryLater(Delivery delivery, DeliveryAnswer last)
    {
        for (var attempt = 2; attempt <= Ladder.Length && last is { Reason: { } reason, NoRetry: false }; attempt++)
        {
            await Task.Delay(Ladder[attempt - 1], _workspace.Clock, _closing.Token);
            last = await Attempt(delivery, attempt, reason);
        }
    }

    private async Task<DeliveryAnswer> Attempt(Delivery delivery, int attempt, string? reason)
    {
        var answer = await Deliver(delivery, attempt, reason);
        lock (_workspace.Gate)
        {
            _attempts.Add(new EventAttempt((string)delivery.Payload["event_id"]!, (string)delivery.Payload["event"]!["type"]!, attempt, answer));
        }

        return answer;
    }

    private JsonObject Written(string type, FakeSlackMessage message)
    {
        var inner = message.ToJson();
        inner["type"] = type;
        inner["channel"] = message.Channel;
        inner["channel_type"] = Channels[message.Channel].EventType;
        return inner;
    }
}

/// <param name="Id">The event.</param>
/// <param name="Type">The inner event's type.</param>
/// <param name="Attempt">0 the first time.</param>
/// <param name="Answer">What came back.</param>
internal sealed record EventAttempt(string Id, string Type, int Attempt, DeliveryAnswer Answer);
