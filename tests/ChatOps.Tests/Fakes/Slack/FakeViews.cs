using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>The windows that the bot opened, and the home tabs that it published.</summary>
internal sealed class FakeViews(Workspace workspace)
{
    private const int Deepest = 3;

    private readonly List<FakeView> _views = [];
    private int _hashes;

    /// <summary>All that were ever opened, home tabs aside.</summary>
    public IReadOnlyList<FakeView> All
    {
        get
        {
            lock (workspace.Gate)
            {
                return [.. _views.Where(view => view.Type == "modal")];
            }
        }
    }

    /// <summary>The window that this person looks at, or null.</summary>
    public FakeView? Top(string user) => All.LastOrDefault(view => view.User == workspace.Users[user].Id && view.IsOpen);

    /// <summary>The home tab that was published for this person, or null.</summary>
    public FakeView? Home(string user)
    {
        lock (workspace.Gate)
        {
            return _views.Find(view => view.Type == "home" && view.User == workspace.Users[user].Id);
        }
    }

    public FakeView? Find(string? id, string? external = null)
    {
        lock (workspace.Gate)
        {
            return _views.Find(view => view.IsOpen && (view.Id == id || (external is { Length: > 0 } && view.External == external)));
        }
    }

    /// <exception cref="Refusal">A fourth one on top of three, or an external id twice.</exception>
    public FakeView Open(string user, JsonObject body, FakeView? on = null)
    {
        lock (workspace.Gate)
        {
            if (on is not null && _views.Count(view => view.IsOpen && view.Root == on.Root) >= Deepest)
            {
                throw new Refusal("push_limit_reached");
            }

            if ((string?)body["external_id"] is { Length: > 0 } external && _views.Exists(view => view.External == external))
            {
                throw new Refusal("duplicate_external_id");
            }

            var id = $"V{_views.Count + 1:D8}";
            var made = new FakeView(workspace, id, user, on?.Root ?? id, on?.Id);
            Show(made, body);
            _views.Add(made);
            return made;
        }
    }

    public FakeView Publish(string user, JsonObject body)
    {
        lock (workspace.Gate)
        {
            if (Home(user) is not { } home)
            {
                return Open(user, body);
            }

            Show(home, body);
            return home;
        }
    }

    public void Show(FakeView view, JsonObject body) => view.Show(body, $"{workspace.Now()}.h{++_hashes}");

    /// <summary>Closes one window, or the whole pile that it is in.</summary>
    public void Close(FakeView view, bool wholePile = false)
    {
        lock (workspace.Gate)
        {
            _views.Where(each => wholePile ? each.Root == view.Root : each == view).ToList().ForEach(each => each.IsOpen = false);
        }
    }
}

internal sealed class FakeView(Workspace workspace, string id, string user, string root, string? previous)
{
    public string Id => id;

    /// <summary>The id of the person who looks at it.</summary>
    public string User => user;

    public string Root => root;

    public string? Previous => previous;

    public string Hash { get; private set; } = "";

    /// <summary>What the bot made it of, with the names that Slack gave to nameless blocks.</summary>
    public JsonObject Body { get; private set; } = [];

    public bool IsOpen { get; set; } = true;

    /// <summary>How often it was shown anew.</summary>
    public int Updates { get; private set; } = -1;

    public string Type => (string)Body["type"]!;

    public string Callback => (string?)Body["callback_id"] ?? "";

    public string External => (string?)Body["external_id"] ?? "";

    public string PrivateMetadata => (string?)Body["private_metadata"] ?? "";

    public string Title => VisibleText.Plain(Body["title"]);

    public JsonArray Blocks => Body["blocks"]!.AsArray();

    public string Visible => VisibleText.Of(Blocks, workspace);

    public IReadOnlyList<FakeButton> Buttons => FakeButton.In(Blocks);

    public void Show(JsonObject body, string hash)
    {
        Body = (JsonObject)body.DeepClone();
        Body["blocks"] = BlockIds.Filled(body["blocks"]!.AsArray());
        Hash = hash;
        Updates++;
    }

    public JsonObject ToJson(JsonObject? values = null)
    {
        var json = new JsonObject
        {
            ["id"] = id,
            ["team_id"] = Workspace.TeamId,
            ["type"] = Type,
            ["blocks"] = Blocks.DeepClone(),
            ["private_metadata"] = PrivateMetadata,
            ["callback_id"] = Callback,
            ["state"] = new JsonObject { ["values"] = values ?? [] },
            ["hash"] = Hash,
            ["clear_on_close"] = (bool?)Body["clear_on_close"] ?? false,
            ["notify_on_close"] = (bool?)Body["notify_on_close"] ?? false,
            ["previous_view_id"] = previous,
            ["root_view_id"] = root,
            ["app_id"] = Workspace.AppId,
            ["external_id"] = External,
            ["app_installed_team_id"] = Workspace.TeamId,
            ["bot_id"] = Workspace.BotId,
        };
        foreach (var name in new[] { "title", "close", "submit" })
        {
            json[name] = Body[name]?.DeepClone();
        }

        return json;
    }
}
