using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>The message in the answer to a command, or sent to a response URL.</summary>
internal static class AnswerMessage
{
    private static readonly string[] Known = ["response_type", "text", "blocks", "thread_ts", "replace_original", "delete_original", "mrkdwn", "unfurl_links", "unfurl_media", "metadata"];

    /// <summary>Seen by one person alone, unless it says in_channel.</summary>
    /// <exception cref="Refusal">It is none.</exception>
    public static FakeSlackMessage Read(Workspace workspace, string what, JsonObject body, FakeUser user, FakeChannel channel)
    {
        if (body.FirstOrDefault(field => !Known.Contains(field.Key)).Key is { } odd)
        {
            throw new Refusal("invalid_payload", $"[ERROR] unknown field: {odd}");
        }

        if ((string?)body["response_type"] is not (null or "ephemeral" or "in_channel"))
        {
            throw new Refusal("invalid_payload", $"[ERROR] response_type: {body["response_type"]}");
        }

        var call = new ApiCall(workspace, what, body.ToDictionary(field => field.Key, field => field.Value));
        var (text, blocks) = ChatMethods.Content(call);
        return new FakeSlackMessage(workspace, channel.Id, Workspace.BotUser, text)
        {
            Blocks = blocks,
            Thread = call.Text("thread_ts"),
            Metadata = call.Map("metadata"),
            OnlyFor = (string?)body["response_type"] == "in_channel" ? null : user.Id,
        };
    }
}
