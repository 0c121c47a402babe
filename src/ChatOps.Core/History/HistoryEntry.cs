using System.Text.Json.Serialization;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.History;

/// <summary>Something that happened with a subject: who, what, when, from where. It stands in the thread of the subject's card.</summary>
/// <param name="Id">A-12/000003: in order of time.</param>
/// <param name="Subject">A-12.</param>
/// <param name="Card">The card in whose thread it stands.</param>
/// <param name="At">When.</param>
/// <param name="By">Who did it.</param>
/// <param name="What">The sentence.</param>
public sealed record HistoryEntry(string Id, string Subject, Face Card, Instant At, Actor By, Markup What) : Document(Id), IStored<HistoryEntry>, IShownInChat
{
    public const string CardKind = "history";

    public static Collection<HistoryEntry> Collection { get; } = new("history");

    public required string Channel { get; init; }

    /// <inheritdoc cref="IHasHistory.About"/>
    public string? About { get; init; }

    public string Zone { get; init; } = "UTC";

    /// <summary>The whole channel should see it, not only those who follow the thread.</summary>
    public bool Aloud { get; init; }

    [JsonIgnore]
    internal DateTimeZone TimeZone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? DateTimeZone.Utc;

    Instant IShownInChat.ChangedAt => At;

    IEnumerable<Face> IShownInChat.Faces => [new(CardKind, Id)];

    /// <summary>It tells somebody by name, as each step of an escalation does, or the whole channel.</summary>
    bool IShownInChat.IsUrgent => Aloud || What.MentionsSomebody;

    /// <summary>The next entry of a subject; the subject counts it in the same commit.</summary>
    public static HistoryEntry Next(IHasHistory subject, Actor by, Instant now, Markup what) =>
        new($"{subject.Id}/{subject.Entries + 1:D6}", subject.Id, subject.Card, now, by, what) { Channel = subject.Channel, Zone = subject.Zone, About = subject.About };

    /// <summary>All entries of a subject, in the index of ids.</summary>
    public static Keys Of(string subject) => Keys.Prefix(subject + "/");

    /// <summary>The entry as one line of a list.</summary>
    internal Markup Line => Markup.Of($"{WallClock.Say(At, TimeZone)} · {What} (by {By.Via})");
}

/// <summary>A document with a history in the thread of its card.</summary>
public interface IHasHistory
{
    string Id { get; }

    /// <summary>What it is, in a line, for who sees an entry without the card: <c>A-12: Disk full</c>.</summary>
    string About { get; }

    /// <summary>How many entries there are.</summary>
    int Entries { get; }

    /// <summary>The card in whose thread they stand.</summary>
    Face Card { get; }

    string Channel { get; }

    /// <summary>The IANA id of the zone in which its times are said.</summary>
    string Zone { get; }
}

internal sealed class HistoryCards(IStore store) : ICardSource
{
    public string Kind => HistoryEntry.CardKind;

    public async Task<Drawing?> Draw(string id, CancellationToken cancel) =>
        await store.Find<HistoryEntry>(id, cancel) is { } entry
            ? new Drawing(
                new Card("", CardState.Info) { Text = entry.What, Context = Markup.Of($"{WallClock.Say(entry.At, entry.TimeZone)} · by {entry.By.Via}") },
                entry.Subject,
                entry.Channel,
                entry.Card)
            { About = entry.About, Aloud = entry.Aloud }
            : null;
}
