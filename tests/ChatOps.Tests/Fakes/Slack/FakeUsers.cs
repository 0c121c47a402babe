using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>The people of a workspace, found by id or by name; the bot and Slackbot are among them.</summary>
internal sealed class FakeUsers
{
    private readonly Workspace _workspace;
    private readonly List<FakeUser> _users = [];

    public FakeUsers(Workspace workspace)
    {
        _workspace = workspace;
        _users.Add(new FakeUser("USLACKBOT", "slackbot") { RealName = "Slackbot" });
        _users.Add(new FakeUser(Workspace.BotUser, "oncall") { RealName = "On-call bot", IsBot = true });
    }

    public IReadOnlyList<FakeUser> All
    {
        get
        {
            lock (_workspace.Gate)
            {
                return [.. _users];
            }
        }
    }

    /// <summary>Somebody whom the scenario named: by id or name.</summary>
    public FakeUser this[string idOrName] => Find(idOrName) ?? throw new InvalidOperationException($"No user is called {idOrName}.");

    public FakeUser Add(string name, string? realName = null, string? email = null, string tz = "Europe/Zurich", string team = Workspace.TeamId)
    {
        lock (_workspace.Gate)
        {
            var user = new FakeUser($"U{_users.Count:D8}", name) { RealName = realName ?? name, Email = email ?? $"{name}@example.org", Tz = tz, Team = team };
            _users.Add(user);
            return user;
        }
    }

    public FakeUser? Find(string idOrName) => All.FirstOrDefault(user => user.Id == idOrName) ?? All.FirstOrDefault(user => user.Name == idOrName);
}

internal sealed class FakeUser(string id, string name)
{
    public string Id => id;

    /// <summary>The handle, without the at sign.</summary>
    public string Name { get; set; } = name;

    public string RealName { get; set; } = name;

    public string? Email { get; set; }

    public string Tz { get; set; } = "America/Los_Angeles";

    public bool Deleted { get; set; }

    public bool IsBot { get; init; }

    /// <summary>Another company's, for somebody who comes through a shared channel.</summary>
    public string Team { get; init; } = Workspace.TeamId;

    /// <summary>Slack says so of some who come through a shared channel.</summary>
    public bool IsStranger { get; set; }

    public bool IsGuest { get; set; }

    public string Mention => $"<@{id}>";

    /// <summary>As users.info gives it; a deactivated user has neither name nor zone beside the profile.</summary>
    public JsonObject ToJson(bool withEmail)
    {
        var profile = new JsonObject { ["real_name"] = RealName, ["display_name"] = Name, ["team"] = Team };
        if (withEmail && Email is { } email)
        {
            profile["email"] = email;
        }

        var json = new JsonObject { ["id"] = id, ["team_id"] = Team, ["name"] = Name, ["deleted"] = Deleted, ["profile"] = profile, ["is_bot"] = IsBot, ["is_app_user"] = false, ["updated"] = 1700000000 };
        if (!Deleted)
        {
            json["real_name"] = RealName;
            json["tz"] = Tz;
            json["tz_label"] = Tz;
            json["is_admin"] = false;
            json["is_restricted"] = IsGuest;
            json["is_ultra_restricted"] = false;
            if (IsStranger)
            {
                json["is_stranger"] = true;
            }
        }

        return json;
    }

    /// <summary>As interactive payloads name who did it.</summary>
    public JsonObject InPayload() => new() { ["id"] = id, ["username"] = Name, ["name"] = Name, ["team_id"] = Team };
}
