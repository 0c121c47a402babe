using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>What Slack makes of the bot's answers. An answer that Slack would not understand is invalid, and fails for the person.</summary>
internal static class Answers
{
    private const string Failed = "dispatch_failed";

    public static SlackReply ToCommand(Workspace workspace, DeliveryAnswer answer, FakeUser user, FakeChannel channel) => Taken(workspace, "command", answer, reply =>
    {
        if (answer.Body.Length == 0)
        {
            return reply;
        }

        var body = answer.IsJson ? ReadJson(answer) : new JsonObject { ["text"] = answer.Body };
        return reply with { Message = workspace.Messages.Add(AnswerMessage.Read(workspace, "command", body, user, channel)) };
    });

    /// <summary>Nothing can be said in answer to a click: what stands in the body is lost.</summary>
    public static SlackReply ToAction(Workspace workspace, DeliveryAnswer answer) => Taken(workspace, "action", answer, reply =>
        answer.Body.Length == 0 ? reply : throw new Refusal("ignored", $"[ERROR] the answer to an action must be empty: {answer.Body}"));

    public static SlackReply ToEvent(Workspace workspace, DeliveryAnswer answer) => Taken(workspace, "event", answer, reply => reply);

    public static SlackReply ToQuestion(Workspace workspace, DeliveryAnswer answer) => Taken(workspace, "options", answer, reply =>
    {
        var body = ReadJson(answer);
        if (BlockKit.WrongOptions(body) is { Count: > 0 } wrong)
        {
            throw new Refusal("invalid_options", wrong);
        }

        var options = (body["options"] as JsonArray ?? []).Concat((body["option_groups"] as JsonArray ?? []).SelectMany(group => group!["options"]!.AsArray()));
        return reply with { Options = [.. options.Select(option => (VisibleText.Plain(option!["text"]), (string)option["value"]!))] };
    });

    public static SlackReply ToSubmission(Workspace workspace, DeliveryAnswer answer, FakeView view) => Taken(workspace, "view_submission", answer, reply =>
    {
        var body = answer.Body.Length == 0 ? [] : ReadJson(answer);
        switch ((string?)body["response_action"])
        {
            case null when body.Count == 0:
                workspace.Views.Close(view);
                return reply;
            case "clear":
                workspace.Views.Close(view, wholePile: true);
                return reply;
            case "errors":
                return reply with { Errors = ErrorsOf(body, view) };
            case "update":
                workspace.Views.Show(view, Shown(body));
                return reply with { View = view };
            case "push":
                return reply with { View = workspace.Views.Open(view.User, Shown(body), view) };
            default:
                throw new Refusal("invalid_response", $"[ERROR] {body.ToJsonString()}");
        }
    });

    private static SlackReply Taken(Workspace workspace, string kind, DeliveryAnswer answer, Func<SlackReply, SlackReply> read)
    {
        var reply = new SlackReply(answer);
        if (answer.Reason is not null)
        {
            return reply with { Failure = Failed };
        }

        try
        {
            return read(reply);
        }
        catch (Refusal refusal)
        {
            workspace.IsInvalid(kind, refusal.Message);
            return reply with { Failure = Failed };
        }
    }

    private static JsonObject ReadJson(DeliveryAnswer answer)
    {
        try
        {
            return answer.IsJson && JsonNode.Parse(answer.Body) is JsonObject body ? body : throw new Refusal("invalid_response", $"[ERROR] not declared as JSON, or no object: {answer.Body}");
        }
        catch (JsonException)
        {
            throw new Refusal("invalid_response", $"[ERROR] no JSON: {answer.Body}");
        }
    }

    private static Dictionary<string, string> ErrorsOf(JsonObject body, FakeView view)
    {
        var errors = (body["errors"] as JsonObject ?? []).ToDictionary(error => error.Key, error => (string)error.Value!);
        var inputs = view.Blocks.OfType<JsonObject>().Where(block => (string?)block["type"] == "input").Select(block => (string?)block["block_id"]).ToList();
        return errors.Count > 0 && errors.Keys.All(inputs.Contains)
            ? errors
            : throw new Refusal("invalid_response", $"[ERROR] errors must be by the block_id of input blocks: {body.ToJsonString()}");
    }

    private static JsonObject Shown(JsonObject body)
    {
        var view = body["view"] as JsonObject ?? throw new Refusal("invalid_response", "[ERROR] no view");
        BlockKit.CheckView(view, "modal");
        return view;
    }
}
