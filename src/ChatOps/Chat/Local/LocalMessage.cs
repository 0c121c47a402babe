using ChatOps.Core.Chat;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Chat.Local;

/// <summary>A message of the local chat, as it stands in the store.</summary>
/// <param name="Id">Its reference.</param>
/// <param name="Number">Grows with each message: the order of a channel.</param>
/// <param name="Channel">The channel's plain name.</param>
/// <param name="ThreadId">The message whose thread it is in, or null.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Token">Names the one post: a second with it changes nothing.</param>
/// <param name="Card">What it shows.</param>
/// <param name="CreatedAt">When it was posted.</param>
/// <param name="UpdatedAt">When it last changed.</param>
internal sealed record LocalMessage(
    string Id, long Number, string Channel, string? ThreadId, string Subject, string Token, Card Card, Instant CreatedAt, Instant UpdatedAt) : Document(Id), IStored<LocalMessage>
{
    public const string Series = "local-message";

    public static Index<LocalMessage> ByChannel { get; } = new("channel", message => $"{message.Channel}|{message.Number:D12}");

    public static Index<LocalMessage> ByToken { get; } = new("token", message => message.Token, unique: true);

    public static Collection<LocalMessage> Collection { get; } = new("local_messages", ByChannel, ByToken);
}
