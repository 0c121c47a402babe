using NodaTime;

namespace ChatOps.Core.Chat.Delivery;

/// <summary>A document that stands in chat as one message or several, which follow it.</summary>
public interface IShownInChat
{
    /// <summary>When this state came about: messages go out in that order.</summary>
    Instant ChangedAt { get; }

    /// <summary>Its messages.</summary>
    IEnumerable<Face> Faces { get; }

    /// <summary>
    /// Somebody has to act on it: in a channel, which takes a message a second, it goes before all that is only told. Else whoever can have many things told, a researcher who
    /// comments for example, could keep alerts back.
    /// </summary>
    bool IsUrgent => false;
}

/// <summary>One message that shows a document.</summary>
/// <param name="Kind">Which <see cref="ICardSource"/> draws it.</param>
/// <param name="Id">What that source is asked for.</param>
public readonly record struct Face(string Kind, string Id)
{
    /// <summary>A message for a pager: no chat shows it.</summary>
    public const string PageKind = "page";
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
/// <param name="ThreadOf">The message in whose thread it belongs, or null.</param>
public sealed record Drawing(Card Card, string Subject, string Channel, Face? ThreadOf = null)
{
    /// <summary>It stands in a thread: what that is about, in a line.</summary>
    public string? About { get; init; }

    /// <summary>It stands in a thread and the whole channel should see it, where a platform can show it in both.</summary>
    public bool Aloud { get; init; }
}
