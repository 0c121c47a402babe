using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Blocks;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>What Slack hears from us at once. It comes within three seconds, or Slack tells the user that we did not answer.</summary>
/// <param name="Json">The body; null: none, which is "we have it".</param>
internal sealed record SlackReply(ReadOnlyMemory<byte>? Json)
{
    public static SlackReply Empty { get; } = new((ReadOnlyMemory<byte>?)null);

    public static SlackReply Of(ResponseMessage message) => Of(message, SlackWire.Json.ResponseMessage);

    public static SlackReply Of(ViewReply reply) => Of(reply, SlackWire.Json.ViewReply);

    public static SlackReply Of(OptionsReply options) => Of(options, SlackWire.Json.OptionsReply);

    private static SlackReply Of<T>(T reply, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(reply, type));
}

/// <summary>What becomes of a dialog that was sent: errors at its fields, another view in its place, or it closes (no reply at all).</summary>
/// <param name="ResponseAction">errors, update or clear.</param>
internal sealed record ViewReply(string ResponseAction)
{
    /// <summary>What is wrong, by the field's block.</summary>
    public IReadOnlyDictionary<string, string>? Errors { get; init; }

    public View? View { get; init; }
}

/// <summary>A select's options, at most 100.</summary>
internal sealed record OptionsReply(IReadOnlyList<Option> Options);
