using System.Text.Json.Serialization;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>What happened with an alert: who, what, when, from where. It stands in the thread of the alert's card.</summary>
/// <param name="Id">A-12/000003: in order of time.</param>
/// <param name="Alert">A-12.</param>
/// <param name="At">When.</param>
/// <param name="By">Who did it.</param>
/// <param name="What">The sentence.</param>
public sealed record HistoryEntry(string Id, string Alert, Instant At, Actor By, Markup What) : Document(Id), IStored<HistoryEntry>, IShownInChat
{
    public const string CardKind = "history";

    public static Collection<HistoryEntry> Collection { get; } = new("history");

    public required string Channel { get; init; }

    public string Zone { get; init; } = "UTC";

    [JsonIgnore]
    internal DateTimeZone TimeZone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? DateTimeZone.Utc;

    Instant IShownInChat.ChangedAt => At;

    IEnumerable<Face> IShownInChat.Faces => [new(CardKind, Id)];

    public static Keys Of(string alert) => Keys.Prefix(alert + "/");

    /// <summary>The entry as one line of a list.</summary>
    internal Markup Line => Markup.Of($"{WallClock.Say(At, TimeZone)} · {What} (by {By.Via})");
}

internal static class HistoryWriting
{
    /// <summary>The alert with one more entry, and the entry.</summary>
    public static (Alert Alert, HistoryEntry Entry) Write(this Alert alert, Actor by, Instant now, Markup what)
    {
        var next = alert with { Entries = alert.Entries + 1, ChangedAt = now };
        return (next, new HistoryEntry($"{alert.Id}/{next.Entries:D6}", alert.Id, now, by, what) { Channel = alert.Route.Channel, Zone = alert.Zone });
    }
}

internal sealed class HistoryCards(IStore store) : ICardSource
{
    public string Kind => HistoryEntry.CardKind;

    public async Task<Drawing?> Draw(string id, CancellationToken cancel) =>
        await store.Find<HistoryEntry>(id, cancel) is { } entry
            ? new Drawing(
                new Card("", CardState.Info) { Text = entry.What, Context = Markup.Of($"{WallClock.Say(entry.At, entry.TimeZone)} · by {entry.By.Via}") },
                entry.Alert,
                entry.Channel,
                new Face(Alerts.Alert.CardKind, entry.Alert))
            : null;
}
