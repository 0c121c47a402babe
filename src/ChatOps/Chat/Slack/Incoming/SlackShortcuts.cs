using ChatOps.Core.Chat.Commands;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>What stands in Slack's own menus: of a message, and of the workspace. Each opens a form of one of our commands.</summary>
internal sealed class SlackShortcuts(CommandRouter router, SlackCommands commands, SlackWords words, SlackAnswers answers)
{
    /// <summary>The shortcuts by their callback ids: which action's form each opens, and whether it takes a message's text with it.</summary>
    public static IReadOnlyDictionary<string, SlackShortcut> All { get; } = new Dictionary<string, SlackShortcut>
    {
        ["declare_incident"] = new("Declare incident", "Declare an incident from this message", "incident", OfMessage: true),
        ["add_to_timeline"] = new("Add to timeline", "Add this message to an incident's timeline", "timeline", OfMessage: true),
        ["page_oncall"] = new("Page on-call", "Raise an alert by hand: whoever is on call is told", "page", OfMessage: false),
    };

    public Task<SlackReply> Handle(SlackRequest request, SlackHandling handling) =>
        request.Text("callback_id") is { } id && All.TryGetValue(id, out var shortcut) && request.Text("trigger_id") is { } trigger
            ? Task.FromResult(handling.Behind(cancel => Open(request, shortcut, trigger, cancel)))
            : Task.FromResult(SlackReply.Empty);

    private async Task Open(SlackRequest request, SlackShortcut shortcut, string trigger, CancellationToken cancel)
    {
        var (user, channel) = (request.Text("user", "id") ?? "", request.Text("channel", "id"));
        var speaker = await commands.Speaker(user, request.Text("user", "username"), channel, request.Text("channel", "name"), cancel);
        var answer = await router.Click(speaker, shortcut.ActionId, shortcut.OfMessage ? await words.Read(request.Text("message", "text") ?? "", cancel) : "", cancel);
        var message = answer is { Form: { } form } ? await answers.Open(form, trigger, channel, onTop: false, cancel)
            : answer is null ? SlackAnswers.Words("There is no such shortcut any more.")
            : await answers.Message(answer, cancel);
        if (message is not null)
        {
            await answers.Tell(user, channel, message, cancel);
        }
    }
}

/// <param name="Name">At most 24 characters.</param>
/// <param name="Description">At most 150.</param>
/// <param name="ActionId">The action whose form it opens.</param>
/// <param name="OfMessage">It stands in a message's menu and takes its text with it; else in the workspace's.</param>
internal sealed record SlackShortcut(string Name, string Description, string ActionId, bool OfMessage);
