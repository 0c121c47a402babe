using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>The user groups of a workspace, such as @oncall.</summary>
internal sealed class FakeGroups(Workspace workspace)
{
    private readonly List<FakeGroup> _groups = [];

    public IReadOnlyList<FakeGroup> All
    {
        get
        {
            lock (workspace.Gate)
            {
                return [.. _groups];
            }
        }
    }

    public FakeGroup this[string idOrHandle] => Find(idOrHandle) ?? throw new InvalidOperationException($"No user group is called {idOrHandle}.");

    public FakeGroup Add(string handle, params string[] members)
    {
        lock (workspace.Gate)
        {
            var group = new FakeGroup($"S{_groups.Count + 1:D8}", handle) { Users = [.. members.Select(member => workspace.Users[member].Id)] };
            _groups.Add(group);
            return group;
        }
    }

    public FakeGroup? Find(string idOrHandle) => All.FirstOrDefault(group => group.Id == idOrHandle || group.Handle == idOrHandle);
}

internal sealed class FakeGroup(string id, string handle)
{
    public string Id => id;

    /// <summary>Without the at sign.</summary>
    public string Handle => handle;

    public IReadOnlyList<string> Users { get; set; } = [];

    public bool Disabled { get; set; }

    /// <summary>How often its members were replaced: each time may ring on the phones of those who are new.</summary>
    public int Updates { get; set; }

    public JsonObject ToJson(bool withUsers, bool withCount)
    {
        var json = new JsonObject
        {
            ["id"] = id,
            ["team_id"] = Workspace.TeamId,
            ["is_usergroup"] = true,
            ["name"] = handle,
            ["description"] = "",
            ["handle"] = handle,
            ["is_external"] = false,
            ["date_create"] = 1700000000,
            ["date_update"] = 1700000000,
            ["date_delete"] = Disabled ? 1700000001 : 0,
            ["auto_type"] = null,
            ["created_by"] = "USLACKBOT",
            ["prefs"] = new JsonObject { ["channels"] = new JsonArray(), ["groups"] = new JsonArray() },
        };
        if (withUsers)
        {
            json["users"] = new JsonArray([.. Users.Select(user => (JsonNode)user)]);
        }

        if (withCount)
        {
            json["user_count"] = Users.Count;
        }

        return json;
    }
}
