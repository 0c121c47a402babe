using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>The conversations of a workspace: channels, private channels and direct messages with the bot.</summary>
internal sealed class FakeChannels(Workspace workspace)
{
    private readonly List<FakeChannel> _channels = [];

    public IReadOnlyList<FakeChannel> All
    {
        get
        {
            lock (workspace.Gate)
            {
                return [.. _channels];
            }
        }
    }

    /// <summary>A channel that the scenario named: by id or name.</summary>
    public FakeChannel this[string idOrName] => All.FirstOrDefault(channel => channel.Id == idOrName || channel.Name == idOrName.TrimStart('#')) ?? throw new InvalidOperationException($"No channel is called {idOrName}.");

    /// <summary>A channel; the bot is in it unless <paramref name="withBot"/> is false.</summary>
    public FakeChannel Add(string name, bool isPrivate = false, bool withBot = true, params string[] members)
    {
        lock (workspace.Gate)
        {
            var channel = new FakeChannel($"C{_channels.Count + 1:D8}", name, isPrivate ? "private_channel" : "public_channel") { Created = workspace.Now() };
            channel.Members.UnionWith(members.Select(member => workspace.Users[member].Id));
            if (withBot)
            {
                channel.Members.Add(Workspace.BotUser);
            }

            _channels.Add(channel);
            return channel;
        }
    }

    public FakeChannel? ById(string id) => All.FirstOrDefault(channel => channel.Id == id);

    /// <summary>The direct conversation of the bot with these people; made when it is not there.</summary>
    public FakeChannel Direct(params string[] users)
    {
        lock (workspace.Gate)
        {
            var members = users.Append(Workspace.BotUser).ToHashSet();
            var type = users.Length == 1 ? "im" : "mpim";
            if (_channels.Find(channel => channel.Type == type && channel.Members.SetEquals(members)) is { } there)
            {
                return there;
            }

            var made = new FakeChannel($"{(type == "im" ? 'D' : 'G')}{_channels.Count + 1:D8}", type == "im" ? $"dm-{users[0]}" : $"mpdm-{_channels.Count}", type) { Created = workspace.Now() };
            made.Members.UnionWith(members);
            _channels.Add(made);
            return made;
        }
    }
}

/// <param name="id">C… for channels, D… for direct messages, G… for direct messages of several.</param>
/// <param name="name">Without the number sign.</param>
/// <param name="type">public_channel, private_channel, im or mpim.</param>
internal sealed class FakeChannel(string id, string name, string type)
{
    public string Id => id;

    public string Name { get; set; } = name;

    public string Type => type;

    public HashSet<string> Members { get; } = [];

    public string Topic { get; set; } = "";

    /// <summary>How often the topic was set: each time is a line that everybody reads.</summary>
    public int TopicChanges { get; set; }

    public bool Archived { get; set; }

    public long Created { get; init; }

    public List<JsonObject> Bookmarks { get; } = [];

    public bool HasBot => Members.Contains(Workspace.BotUser);

    public bool IsDirect => type is "im" or "mpim";

    /// <summary>A private channel does not exist for a bot that is not in it.</summary>
    public bool SeenByBot => type == "public_channel" || HasBot;

    /// <summary>channels:…, groups:…, im:… or mpim:…: which family of scopes is about it.</summary>
    public string Family => type switch { "public_channel" => "channels", "private_channel" => "groups", _ => type };

    /// <summary>The channel_type of events: channel, group, im or mpim.</summary>
    public string EventType => type switch { "public_channel" => "channel", "private_channel" => "group", _ => type };

    public JsonObject ToJson(bool withCount = false)
    {
        var json = new JsonObject
        {
            ["id"] = id,
            ["created"] = Created,
            ["is_archived"] = Archived,
            ["is_im"] = type == "im",
            ["is_mpim"] = type == "mpim",
            ["is_channel"] = type == "public_channel",
            ["is_group"] = type == "private_channel",
            ["is_private"] = type != "public_channel",
            ["is_org_shared"] = false,
            ["context_team_id"] = Workspace.TeamId,
        };
        if (type == "im")
        {
            json["user"] = Members.First(member => member != Workspace.BotUser);
            return json;
        }

        json["name"] = Name;
        json["name_normalized"] = Name;
        json["is_general"] = Name == "general";
        json["is_member"] = HasBot;
        json["creator"] = "USLACKBOT";
        json["topic"] = new JsonObject { ["value"] = Topic, ["creator"] = "", ["last_set"] = 0 };
        json["purpose"] = new JsonObject { ["value"] = "", ["creator"] = "", ["last_set"] = 0 };
        if (withCount)
        {
            json["num_members"] = Members.Count;
        }

        return json;
    }

    public JsonObject InPayload() => new() { ["id"] = id, ["name"] = type switch { "im" => "directmessage", "private_channel" => "privategroup", _ => Name } };
}
