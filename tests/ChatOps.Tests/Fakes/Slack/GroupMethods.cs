using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>usergroups.*</summary>
internal static class GroupMethods
{
    public static IReadOnlyList<ApiMethod> All { get; } =
    [
        new("usergroups.list", ApiMethod.Tier2, "usergroups:read", "include_count include_disabled include_users team_id", List) { TakesJson = false },
        new("usergroups.users.list", ApiMethod.Tier2, "usergroups:read", "usergroup include_disabled team_id", UsersOf) { TakesJson = false },
        new("usergroups.users.update", ApiMethod.Tier2, "usergroups:write", "usergroup users include_count team_id", Update),
        new("usergroups.enable", ApiMethod.Tier2, "usergroups:write", "usergroup include_count team_id", call => Switch(call, false)),
        new("usergroups.disable", ApiMethod.Tier2, "usergroups:write", "usergroup include_count team_id", call => Switch(call, true)),
    ];

    private static JsonObject List(ApiCall call)
    {
        OnPaidPlan(call);
        return new JsonObject
        {
            ["usergroups"] = new JsonArray([.. call.Workspace.Groups.All
                .Where(group => call.Flag("include_disabled") || !group.Disabled)
                .Select(group => group.ToJson(call.Flag("include_users"), call.Flag("include_count")))]),
        };
    }

    private static JsonObject UsersOf(ApiCall call)
    {
        OnPaidPlan(call);
        return new JsonObject { ["users"] = Group(call).ToJson(withUsers: true, withCount: false)["users"]!.DeepClone() };
    }

    private static JsonObject Update(ApiCall call)
    {
        MayWrite(call);
        var group = Group(call);
        var users = call.Ids("users");
        if (users.Count == 0)
        {
            throw new Refusal("no_users_provided", "[ERROR] a group cannot be emptied, only disabled");
        }

        if (users.Any(id => call.Workspace.Users.All.FirstOrDefault(user => user.Id == id) is not { Deleted: false, IsBot: false }))
        {
            throw new Refusal("invalid_users");
        }

        group.Users = [.. users.Distinct()];
        group.Updates++;
        return Answer(call, group);
    }

    private static JsonObject Switch(ApiCall call, bool disabled)
    {
        MayWrite(call);
        var group = Group(call);
        group.Disabled = disabled;
        return Answer(call, group);
    }

    private static JsonObject Answer(ApiCall call, FakeGroup group) => new() { ["usergroup"] = group.ToJson(withUsers: true, call.Flag("include_count")) };

    private static FakeGroup Group(ApiCall call) =>
        call.Workspace.Groups.All.FirstOrDefault(group => group.Id == call.Need("usergroup")) ?? throw new Refusal("no_such_subteam");

    private static void MayWrite(ApiCall call)
    {
        OnPaidPlan(call);
        if (call.Workspace.GroupsByAdminsOnly)
        {
            throw new Refusal("permission_denied");
        }
    }

    private static void OnPaidPlan(ApiCall call)
    {
        if (!call.Workspace.Paid)
        {
            throw new Refusal("paid_teams_only");
        }
    }
}
