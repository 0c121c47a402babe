using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>users.*</summary>
internal static class PeopleMethods
{
    public static IReadOnlyList<ApiMethod> All { get; } =
    [
        new("users.info", ApiMethod.Tier4, "users:read", "user include_locale", call => new JsonObject { ["user"] = Shown(call, call.User("user")) }) { TakesJson = false },
        new("users.list", ApiMethod.Tier2, "users:read", "cursor limit include_locale team_id", call => call.Page("members", [.. call.Workspace.Users.All.Select(user => Shown(call, user))])) { TakesJson = false },
        new("users.lookupByEmail", ApiMethod.Tier3, "users:read.email", "email", ByEmail) { TakesJson = false },
    ];

    private static JsonObject ByEmail(ApiCall call)
    {
        var email = call.Need("email");
        var user = call.Workspace.Users.All.FirstOrDefault(each => !each.Deleted && string.Equals(each.Email, email, StringComparison.OrdinalIgnoreCase));
        return new JsonObject { ["user"] = Shown(call, user ?? throw new Refusal("users_not_found")) };
    }

    private static JsonObject Shown(ApiCall call, FakeUser user) => user.ToJson(call.Workspace.Scopes.Contains("users:read.email"));
}
