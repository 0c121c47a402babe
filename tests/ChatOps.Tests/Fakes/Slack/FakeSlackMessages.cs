using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>All messages of a workspace, in the order in which they came; those that only one person sees are among them.</summary>
internal sealed class FakeSlackMessages(Workspace workspace)
{
    private readonly List<FakeSlackMessage> _messages = [];
    private readonly Dictionary<string, long> _last = [];

    public IReadOnlyList<FakeSlackMessage> All
    {
        get
        {
            lock (workspace.Gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>What everybody in a channel sees, replies in threads included.</summary>
    public IReadOnlyList<FakeSlackMessage> In(string channel) => In(workspace.Channels[channel]);

    public IReadOnlyList<FakeSlackMessage> In(FakeChannel channel) => [.. All.Where(message => message.Channel == channel.Id && message is { OnlyFor: null, Deleted: false })];

    /// <summary>What only that person sees.</summary>
    public IReadOnlyList<FakeSlackMessage> OnlyFor(string user) => [.. All.Where(message => message.OnlyFor == workspace.Users[user].Id && !message.Deleted)];

    /// <summary>What the bot told that person directly.</summary>
    public IReadOnlyList<FakeSlackMessage> Direct(string user) => In(workspace.Channels.Direct(workspace.Users[user].Id));

    public FakeSlackMessage? Find(string channel, string ts) => All.FirstOrDefault(message => message.Channel == channel && message.Ts == ts && !message.Deleted);

    /// <summary>A message as it stands now: the one that a scenario holds may be older.</summary>
    public FakeSlackMessage Now(FakeSlackMessage message) => All.First(each => each.Channel == message.Channel && each.Ts == message.Ts);

    /// <summary>Puts a message in, under a timestamp of its own.</summary>
    public FakeSlackMessage Add(FakeSlackMessage message)
    {
        lock (workspace.Gate)
        {
            var added = message with { Ts = NextTimestamp(message.Channel), Blocks = BlockIds.Filled(message.Blocks), At = workspace.Clock.GetUtcNow() };
            _messages.Add(added);
            return added;
        }
    }

    public FakeSlackMessage Change(FakeSlackMessage message, Func<FakeSlackMessage, FakeSlackMessage> change)
    {
        lock (workspace.Gate)
        {
            var place = _messages.FindIndex(each => each.Channel == message.Channel && each.Ts == message.Ts);
            var changed = change(_messages[place]);
            return _messages[place] = changed with { Blocks = BlockIds.Filled(changed.Blocks) };
        }
    }

    /// <summary>Seconds and a fraction of six digits; it grows within a channel even when the clock stands.</summary>
    private string NextTimestamp(string channel)
    {
        var next = Math.Max((workspace.Now() * 1_000_000) + 100, _last.GetValueOrDefault(channel) + 100);
        _last[channel] = next;
        return string.Create(CultureInfo.InvariantCulture, $"{next / 1_000_000}.{next % 1_000_000:D6}");
    }
}

/// <summary>A message as it stood at one moment.</summary>
/// <param name="Workspace">Where names are looked up.</param>
/// <param name="Channel">The conversation's id.</param>
/// <param name="User">The author's id.</param>
/// <param name="Text">As it was sent, escapes and all.</param>
internal sealed record FakeSlackMessage(Workspace Workspace, string Channel, string User, string Text)
{
    public string Ts { get; init; } = "";

    public JsonArray? Blocks { get; init; }

    /// <summary>The timestamp of the message whose thread it is in.</summary>
    public string? Thread { get; init; }

    /// <summary>A reply that stands in the channel as well.</summary>
    public bool Broadcast { get; init; }

    public JsonObject? Metadata { get; init; }

    /// <summary>How often it was changed.</summary>
    public int Edits { get; init; }

    public bool Deleted { get; init; }

    /// <summary>The id of the only person who sees it.</summary>
    public string? OnlyFor { get; init; }

    public string? Subtype { get; init; }

    public bool Pinned { get; init; }

    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The names of emoji, with who put them there.</summary>
    public IReadOnlyList<(string Name, string User)> Reactions { get; init; } = [];

    public DateTimeOffset At { get; init; }

    /// <summary>What a person reads: the blocks where there are some (the text then only rings), with mentions as names.</summary>
    public string Visible => VisibleText.Of(this);

    public IReadOnlyList<FakeButton> Buttons => FakeButton.In(Blocks);

    public JsonObject ToJson(bool withMetadata = true)
    {
        var json = new JsonObject { ["type"] = "message", ["user"] = User, ["ts"] = Ts, ["text"] = Text, ["team"] = Workspace.TeamId };
        if (Subtype is not null)
        {
            json["subtype"] = Subtype;
        }

        if (User == Workspace.BotUser)
        {
            json["bot_id"] = Workspace.BotId;
            json["app_id"] = Workspace.AppId;
        }

        if (Blocks is not null)
        {
            json["blocks"] = Blocks.DeepClone();
        }

        if (Thread is not null)
        {
            json["thread_ts"] = Thread;
        }

        if (Edits > 0)
        {
            json["edited"] = new JsonObject { ["user"] = User, ["ts"] = Ts };
        }

        if (withMetadata && Metadata is not null)
        {
            json["metadata"] = Metadata.DeepClone();
        }

        return json;
    }

    public override string ToString() => $"#{Workspace.Channels.ById(Channel)?.Name} {Ts}: {Visible}";
}
