using System.Text.Json;
using ChatOps.Core.Chat.Commands;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>Buttons and selects, on messages, in dialogs and on home tabs. Slack hears "we have it" at once; what there is to say follows, and only who pressed sees it.</summary>
internal sealed class SlackClicks(CommandRouter router, SlackCommands commands, SlackAnswers answers, SlackHome home)
{
    public bool Changes(SlackRequest request) => Action(request) is { } action && router.ChangesByAction(IdOf(action), ValueOf(action));

    public Task<SlackReply> Handle(SlackRequest request, SlackHandling handling) => Action(request) is { } action
        ? Task.FromResult(handling.Behind(cancel => Press(request, action, cancel)))
        : Task.FromResult(SlackReply.Empty);

    private async Task Press(SlackRequest request, JsonElement action, CancellationToken cancel)
    {
        var user = request.Text("user", "id") ?? "";
        var channel = request.Text("channel", "id") ?? request.Text("container", "channel_id");
        var speaker = await commands.Speaker(user, request.Text("user", "username") ?? request.Text("user", "name"), channel, request.Text("channel", "name"), cancel);
        var answer = await router.Click(speaker, IdOf(action), ValueOf(action), cancel);
        var message = answer switch
        {
            null => SlackAnswers.Words("This button does nothing any more."),
            { Form: { } form } when request.Text("trigger_id") is { } trigger => await answers.Open(form, trigger, channel, onTop: request.Text("view", "type") == "modal", cancel),
            _ => await answers.Message(answer, cancel),
        };
        if (request.Text("view", "type") == "home")
        {
            await home.Show(user, cancel);
        }

        if (message is not null)
        {
            await answers.Follow(SlackCommands.ResponseUrl(request), user, channel, message, cancel);
        }
    }

    private static JsonElement? Action(SlackRequest request) => request.Payload.Each("actions").Cast<JsonElement?>().FirstOrDefault();

    private static string ValueOf(JsonElement action) => action.Text("value") ?? action.Text("selected_option", "value") ?? "";

    private static string IdOf(JsonElement action) => action.Text("action_id") ?? "";
}
