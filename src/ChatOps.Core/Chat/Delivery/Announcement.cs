using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Chat.Delivery;

/// <summary>Something said once in a channel. The id is its key (<c>joined/core/igor/…</c>), the text is fixed when it is made.</summary>
public sealed record Announcement(string Id, string Subject, string Channel, Card Card, Instant At) : Document(Id), IStored<Announcement>, IShownInChat, IOnceOnly
{
    public const string CardKind = "announcement";

    /// <summary>Those that retention may remove, by when they were said.</summary>
    public static Index<Announcement> Spent { get; } = new("spent", said => said.NeverAgain ? $"{Keys.At(said.At)}|{said.Id}" : null);

    /// <summary>Those with a picture, for platforms on which that is a file of its own.</summary>
    public static Index<Announcement> Pictured { get; } = new("pictured", said => said.Card.Picture is null ? null : $"{Keys.At(said.At)}|{said.Id}");

    public static Collection<Announcement> Collection { get; } = new("announcements", Spent, Pictured);

    /// <summary>
    /// Its key can not come again, because it names a past moment or a version that only grows, and what it tells of is noted elsewhere too. Then nothing needs
    /// this document to keep it from being said twice.
    /// </summary>
    public bool NeverAgain { get; init; }

    Instant IShownInChat.ChangedAt => At;

    IEnumerable<Face> IShownInChat.Faces => [new(CardKind, Id)];

    bool IShownInChat.IsUrgent => Card.Text.MentionsSomebody;
}

internal sealed class AnnouncementCards(IStore store) : ICardSource
{
    public string Kind => Announcement.CardKind;

    public async Task<Drawing?> Draw(string id, CancellationToken cancel) =>
        await store.Find<Announcement>(id, cancel) is { } said ? new Drawing(said.Card, said.Subject, said.Channel) : null;
}
