using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Chat;

/// <summary>
/// One chat: Slack, Status, or the local page. A pager is the narrowest of them: it shows pages, and nothing else. Only the delivery worker calls it, at most <see cref="Concurrency"/> calls at a time. It throws nothing for what a
/// remote end may do: that is an answer.
/// </summary>
public interface IChatPlatform
{
    /// <summary>Lower case and for ever the same: it is part of stored ids.</summary>
    string Name { get; }

    /// <summary>What it can show and do; the rest is said in words.</summary>
    PlatformAbilities Abilities { get; }

    /// <summary>
    /// How many calls it takes at once when very much waits; the order of such messages is that of their threads only. A remote chat counts what it is asked and
    /// answers "later" beyond it: one after another.
    /// </summary>
    int Concurrency => 1;

    /// <summary>Whether it shows messages of that kind.</summary>
    bool Shows(string kind) => kind != Face.PageKind;

    /// <summary>How long a channel takes no new message, as far as the platform knows; null: it takes one. Asked before a post is intended, so that none has to be looked up that only waited.</summary>
    Duration? UntilPost(string channel) => null;

    /// <summary>Puts a new message into a channel, or into a message's thread.</summary>
    Task<Delivered> Post(OutgoingMessage message, CancellationToken cancel);

    /// <summary>Changes a message that was posted.</summary>
    Task<Delivered> Update(string reference, OutgoingMessage message, CancellationToken cancel);

    /// <summary>
    /// The message that was posted with this token, if one was: asked before a post is tried again whose answer was lost, so that it is there once.
    /// </summary>
    Task<Delivered> FindPosted(OutgoingMessage message, CancellationToken cancel);

    /// <summary>The document of our own store that a message is, or null: most chats keep their messages themselves.</summary>
    ValueTask<Document?> Stored(string reference, CancellationToken cancel) => new((Document?)null);
}

[Flags]
public enum PlatformAbilities
{
    None = 0,
    Buttons = 1,
    Forms = 2,
    Ephemeral = 4,
    Edit = 8,
    Threads = 16,
}

/// <summary>A message on its way out.</summary>
/// <param name="Channel">The channel's plain name, such as on-call.</param>
/// <param name="Thread">The reference of the message whose thread it belongs in, or null.</param>
/// <param name="Subject">What it is about, such as A-12.</param>
/// <param name="Card">What it shows.</param>
/// <param name="Token">Names this one post for ever; the platform keeps it with the message where it can.</param>
/// <param name="IntendedAt">When it was first meant to be posted: what an earlier try may have posted is not older.</param>
public sealed record OutgoingMessage(string Channel, string? Thread, string Subject, Card Card, string Token, Instant IntendedAt)
{
    /// <inheritdoc cref="Drawing.About"/>
    public string? About { get; init; }

    /// <summary>It stands in a thread and the whole channel should see it.</summary>
    public bool Aloud { get; init; }
}

/// <summary>What became of a message that was handed to a platform.</summary>
public abstract record Delivered
{
    /// <summary>It is there, under this reference.</summary>
    public sealed record Sent(string Reference) : Delivered;

    /// <summary>Not now: try again after that time.</summary>
    public sealed record Later(Duration After, string Why) : Delivered
    {
        /// <summary>It is only its turn that it waits for: nothing that anybody has to know.</summary>
        public bool Expected { get; init; }
    }

    /// <summary>Not ever, and why.</summary>
    public sealed record Never(string Why) : Delivered;

    /// <summary>The message that was to be changed, or in whose thread one was to be put, is no longer there: somebody has deleted it.</summary>
    public sealed record Gone : Delivered;

    /// <summary>There is no such message (only to <see cref="IChatPlatform.FindPosted"/>).</summary>
    public sealed record NotThere : Delivered;

    private Delivered()
    {
    }
}
