using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>What people do. Each waits for the bot's answer, over whichever transport is chosen, and shows what the person then sees.</summary>
internal sealed partial class FakeSlack
{
    private Payloads? _payloads;

    public Transport Transport { get; set; }

    /// <summary>The bot's address and path, such as http://127.0.0.1:5000/slack/.</summary>
    public Uri? Bot
    {
        get => _http.Bot;
        set => _http.Bot = value;
    }

    /// <inheritdoc cref="HttpDelivery.OneUrl"/>
    public bool OneUrl
    {
        get => _http.OneUrl;
        set => _http.OneUrl = value;
    }

    /// <inheritdoc cref="HttpDelivery.CharsetSuffix"/>
    public bool CharsetSuffix
    {
        get => _http.CharsetSuffix;
        set => _http.CharsetSuffix = value;
    }

    /// <summary>How long Slack waits for the bot, in real time.</summary>
    public TimeSpan Patience
    {
        get => _http.Patience;
        set => (_http.Patience, Sockets.Patience) = (value, value);
    }

    private Payloads Payloads => _payloads ??= new Payloads(_workspace);

    /// <summary>Somebody types a slash command.</summary>
    public async Task<SlackReply> Command(string user, string channel, string command, string text = "")
    {
        var (who, where) = (Users[user], Channels[channel]);
        var answer = await Deliver(new Delivery("command", Payloads.Command(who, where, command, text)));
        return Answers.ToCommand(_workspace, answer, who, where);
    }

    /// <summary>Somebody presses a button of a message.</summary>
    /// <param name="user">Who.</param>
    /// <param name="message">The message, as the scenario saw it: the button is looked for there, even if the message has changed meanwhile.</param>
    /// <param name="actionId">The button.</param>
    /// <param name="value">Which one, where several have that id.</param>
    public Task<SlackReply> Click(string user, FakeSlackMessage message, string actionId, string? value = null) =>
        Act(Payloads.Action(Seeing(user, message), message, Found(message.Buttons, actionId, value), null));

    public Task<SlackReply> Click(string user, FakeView view, string actionId, string? value = null) =>
        Act(Payloads.Action(Users[user], view, Found(view.Buttons, actionId, value), null));

    /// <summary>Somebody chooses in a select, an overflow menu, a date picker … of a message.</summary>
    public Task<SlackReply> Select(string user, FakeSlackMessage message, string actionId, string chosen) =>
        Act(Payloads.Action(Seeing(user, message), message, Found(message.Buttons, actionId, null), chosen));

    public Task<SlackReply> Select(string user, FakeView view, string actionId, string chosen) =>
        Act(Payloads.Action(Users[user], view, Found(view.Buttons, actionId, null), chosen));

    /// <summary>The person who looks at a view sends it.</summary>
    /// <param name="viewId">The view.</param>
    /// <param name="values">By block_id or action_id, as <see cref="InputValues.Of"/> takes them; what is not given stays as it was.</param>
    /// <exception cref="InvalidOperationException">Slack would not send it: a required field is empty, or there is no such field.</exception>
    public async Task<SlackReply> Submit(string viewId, IReadOnlyDictionary<string, string> values)
    {
        var view = Views.Find(viewId) ?? throw new InvalidOperationException($"View {viewId} is not open.");
        var answer = await Deliver(new Delivery("action", Payloads.Submission(view, StateOf(view, values))));
        return Answers.ToSubmission(_workspace, answer, view);
    }

    /// <summary>Somebody closes a view; the bot hears of it where it asked to.</summary>
    public async Task<SlackReply?> CloseView(string viewId, bool wholePile = false)
    {
        var view = Views.Find(viewId) ?? throw new InvalidOperationException($"View {viewId} is not open.");
        Views.Close(view, wholePile);
        return (bool?)view.Body["notify_on_close"] == true ? await Act(Payloads.Closed(view, wholePile)) : null;
    }

    /// <summary>Somebody chooses the bot's shortcut, anywhere in Slack.</summary>
    public Task<SlackReply> Shortcut(string user, string callbackId) => Act(Payloads.Shortcut(Users[user], callbackId));

    /// <summary>Somebody chooses the bot's shortcut in a message's menu.</summary>
    public Task<SlackReply> MessageShortcut(string user, FakeSlackMessage message, string callbackId) =>
        Act(Payloads.MessageShortcut(Seeing(user, message), message, callbackId));

    /// <summary>Somebody types in an external select of a view.</summary>
    public async Task<SlackReply> Options(FakeView view, string actionId, string typed) =>
        Answers.ToQuestion(_workspace, await Deliver(new Delivery("options", Payloads.Question(view, Found(view.Buttons, actionId, null), typed))));

    public async Task<SlackReply> Options(string user, FakeSlackMessage message, string actionId, string typed) =>
        Answers.ToQuestion(_workspace, await Deliver(new Delivery("options", Payloads.Question(Seeing(user, message), message, Found(message.Buttons, actionId, null), typed))));

    private async Task<SlackReply> Act(JsonObject payload) => Answers.ToAction(_workspace, await Deliver(new Delivery("action", payload)));

    private Task<DeliveryAnswer> Deliver(Delivery delivery, int attempt = 0, string? reason = null) =>
        Transport == Transport.Http ? _http.Send(delivery, attempt, reason) : Sockets.Send(delivery, attempt, reason);

    private FakeUser Seeing(string user, FakeSlackMessage message) => message.OnlyFor is { } only && only != Users[user].Id
        ? throw new InvalidOperationException($"{user} does not see that message.")
        : Users[user];

    private static FakeButton Found(IReadOnlyList<FakeButton> buttons, string actionId, string? value) =>
        buttons.FirstOrDefault(button => button.ActionId == actionId && (value is null || button.Value == value))
        ?? throw new InvalidOperationException($"There is no {actionId} {value}: only {string.Join(", ", buttons.Select(button => $"{button.ActionId} {button.Value}"))}.");

    private JsonObject StateOf(FakeView view, IReadOnlyDictionary<string, string> values)
    {
        var unused = values.Keys.ToHashSet();
        var state = new JsonObject();
        foreach (var input in view.Buttons.Where(input => input.Type != "button"))
        {
            var given = values.GetValueOrDefault(input.BlockId) ?? values.GetValueOrDefault(input.ActionId) ?? InputValues.Initial(input.Element);
            unused.ExceptWith([input.BlockId, input.ActionId]);
            var block = view.Blocks.OfType<JsonObject>().First(each => (string?)each["block_id"] == input.BlockId);
            if (string.IsNullOrEmpty(given) && (string?)block["type"] == "input" && (bool?)block["optional"] != true)
            {
                throw new InvalidOperationException($"Slack sends nothing while {input.BlockId} ({VisibleText.Plain(block["label"])}) is empty.");
            }

            state[input.BlockId] ??= new JsonObject();
            state[input.BlockId]![input.ActionId] = InputValues.Of(_workspace, input.Element, string.IsNullOrEmpty(given) ? null : given);
        }

        return unused.Count == 0 ? state : throw new InvalidOperationException($"The view has no field {string.Join(", ", unused)}.");
    }
}
