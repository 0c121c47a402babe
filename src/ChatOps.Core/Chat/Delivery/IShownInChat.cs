using NodaTime;

namespace ChatOps.Core.Chat.Delivery;

/// <summary>A document that stands in chat as a message, which follows it.</summary>
public interface IShownInChat
{
    string Id { get; }

    /// <summary>When this state came about: messages go out in that order.</summary>
    Instant ChangedAt { get; }

    /// <summary>Which <see cref="ICardSource"/> draws it.</summary>
    string Kind { get; }
}

/// <summary>A document whose id is its key: storing it again changes nothing, so what it stands for happens once.</summary>
public interface IOnceOnly;

/// <summary>Draws the documents of one kind. A card is drawn from its one document, so the same document always gives the same card.</summary>
public interface ICardSource
{
    string Kind { get; }

    /// <summary>How the document looks now and where it belongs, or null when it is not there.</summary>
    Task<Drawing?> Draw(string id, CancellationToken cancel);
}

/// <param name="Card">What to show.</param>
/// <param name="Subject">What it is about, as people see it: A-12.</param>
/// <param name="Channel">The channel's plain name.</param>
/// <param name="ThreadOf">The kind and id of the document in whose thread it belongs, or null.</param>
public sealed record Drawing(Card Card, string Subject, string Channel, (string Kind, string Id)? ThreadOf = null);
