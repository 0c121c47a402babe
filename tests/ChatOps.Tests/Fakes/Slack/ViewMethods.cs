using System.Text;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>views.*</summary>
internal static class ViewMethods
{
    private const int LargestView = 250_000;

    public static IReadOnlyList<ApiMethod> All { get; } =
    [
        new("views.open", ApiMethod.Tier4, null, "trigger_id view", Open),
        new("views.push", ApiMethod.Tier4, null, "trigger_id view", Push),
        new("views.update", ApiMethod.Tier4, null, "view view_id external_id hash", Update),
        new("views.publish", ApiMethod.Tier4, null, "user_id view hash", Publish),
    ];

    private static JsonObject Open(ApiCall call)
    {
        var trigger = call.Workspace.Triggers.Take(call.Need("trigger_id"));
        return Shown(call.Workspace.Views.Open(trigger.User, Given(call, "modal")));
    }

    private static JsonObject Push(ApiCall call)
    {
        var trigger = call.Workspace.Triggers.Take(call.Need("trigger_id"));
        return trigger.View is { IsOpen: true } on
            ? Shown(call.Workspace.Views.Open(trigger.User, Given(call, "modal"), on))
            : throw new Refusal("invalid_trigger_id", "[ERROR] a view is pushed on an open view only");
    }

    private static JsonObject Update(ApiCall call)
    {
        if (!call.Has("view_id") && !call.Has("external_id"))
        {
            throw new Refusal("invalid_arguments", "[ERROR] neither view_id nor external_id");
        }

        var body = Given(call, "modal");
        var view = call.Workspace.Views.Find(call.Text("view_id"), call.Text("external_id")) ?? throw new Refusal("not_found");
        CheckHash(call, view);
        call.Workspace.Views.Show(view, body);
        return Shown(view);
    }

    private static JsonObject Publish(ApiCall call)
    {
        var body = Given(call, "home");
        var user = call.User("user_id");
        if (user.Deleted)
        {
            throw new Refusal("user_not_found");
        }

        if (call.Workspace.Views.Home(user.Id) is { } there)
        {
            CheckHash(call, there);
        }

        return Shown(call.Workspace.Views.Publish(user.Id, body));
    }

    private static void CheckHash(ApiCall call, FakeView view)
    {
        if (call.Text("hash") is { Length: > 0 } hash && hash != view.Hash)
        {
            throw new Refusal("hash_conflict");
        }
    }

    private static JsonObject Given(ApiCall call, string type)
    {
        var body = call.Map("view") ?? throw new Refusal("invalid_arguments", "[ERROR] missing required field: view");
        var size = Encoding.UTF8.GetByteCount(body.ToJsonString());
        if (size > LargestView)
        {
            throw new Refusal("view_too_large", $"[ERROR] {size} bytes");
        }

        BlockKit.CheckView(body, type);
        return body;
    }

    private static JsonObject Shown(FakeView view) => new() { ["view"] = view.ToJson() };
}
