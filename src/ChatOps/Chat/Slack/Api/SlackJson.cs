using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOps.Chat.Slack.Blocks;
using ChatOps.Chat.Slack.Incoming;

namespace ChatOps.Chat.Slack.Api;

/// <summary>Slack's JSON: snake case, nothing that is null. Generated at build time: reading and writing cost no reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewMessage))]
[JsonSerializable(typeof(ChangedMessage))]
[JsonSerializable(typeof(EphemeralMessage))]
[JsonSerializable(typeof(ResponseMessage))]
[JsonSerializable(typeof(PublishedView))]
[JsonSerializable(typeof(TriggeredView))]
[JsonSerializable(typeof(UpdatedView))]
[JsonSerializable(typeof(CompletedUpload))]
[JsonSerializable(typeof(SlackAnswer))]
[JsonSerializable(typeof(View))]
[JsonSerializable(typeof(ViewReply))]
[JsonSerializable(typeof(OptionsReply))]
[JsonSerializable(typeof(SlackUser))]
internal sealed partial class SlackJson : JsonSerializerContext;

internal static class SlackWire
{
    /// <summary>Slack's JSON, with emoji and letters written as they are.</summary>
    public static SlackJson Json { get; } = new(new JsonSerializerOptions(SlackJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

internal sealed record PublishedView(string UserId, View View);

internal sealed record TriggeredView(string TriggerId, View View);

internal sealed record UpdatedView(string ViewId, View View)
{
    public string? Hash { get; init; }
}

internal sealed record CompletedUpload(IReadOnlyList<UploadedFile> Files)
{
    public string? ChannelId { get; init; }

    public string? ThreadTs { get; init; }
}

internal sealed record UploadedFile(string Id, string Title);

/// <summary>Everything that an answer may hold; each method's says which of it.</summary>
internal sealed record SlackAnswer
{
    public bool Ok { get; init; }

    public string? Error { get; init; }

    public string? Needed { get; init; }

    public string? Provided { get; init; }

    public string? Url { get; init; }

    public string? Team { get; init; }

    public string? TeamId { get; init; }

    /// <summary>users.info gives an object here, auth.test a name: each reads it its own way.</summary>
    [JsonPropertyName("user")]
    public JsonElement UserPart { get; init; }

    public string? UserId { get; init; }

    public string? BotId { get; init; }

    /// <summary>An id or an object.</summary>
    [JsonPropertyName("channel")]
    public JsonElement ChannelPart { get; init; }

    public string? Ts { get; init; }

    public string? Permalink { get; init; }

    public IReadOnlyList<HistoryMessage>? Messages { get; init; }

    public IReadOnlyList<SlackChannel>? Channels { get; init; }

    public IReadOnlyList<SlackGroup>? Usergroups { get; init; }

    public IReadOnlyList<string>? Users { get; init; }

    public IReadOnlyList<SlackUser>? Members { get; init; }

    public OpenedView? View { get; init; }

    public string? UploadUrl { get; init; }

    public string? FileId { get; init; }

    public AnswerMetadata? ResponseMetadata { get; init; }
}

internal sealed record AnswerMetadata
{
    public string? NextCursor { get; init; }

    public IReadOnlyList<string>? Messages { get; init; }
}
