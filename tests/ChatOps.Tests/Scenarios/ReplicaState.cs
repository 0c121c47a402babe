using ChatOps.Chat.Local;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.History;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Tests.Scenarios;

/// <summary>What the replicas have stored together.</summary>
internal sealed record ReplicaState(
    IReadOnlyList<string> Waiting,
    IReadOnlyList<string> Due,
    IReadOnlyList<ReplicaState.StoredAlert> Alerts,
    IReadOnlyList<ReplicaState.StoredEntry> Entries,
    IReadOnlyList<ReplicaState.StoredMessage> Local,
    int Announcements,
    IReadOnlyDictionary<string, string> Leases)
{
    public static async Task<ReplicaState> Of(IStore store)
    {
        // The marks first: when none is left, what is read after that is all there.
        var waiting = await store.List(Mark.ByPlatform, Keys.All);
        var soon = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) + Duration.FromSeconds(10);
        return new(
            [.. waiting.Select(mark => $"{mark.Id} of {mark.At}")],
            [.. (await store.List(Alert.Due, Keys.UpTo(Keys.At(soon) + "|~"))).Select(alert => $"{alert.Id} at {alert.DueAt}, {alert.Escalation}")],
            [.. (await store.List(Index<Alert>.Id, Keys.All)).Select(alert => new StoredAlert(alert.Id, alert.Facts.Title, alert.OpenedAt, alert.Acknowledgement is not null, alert.Entries, alert.Pages))],
            [.. (await store.List(Index<HistoryEntry>.Id, Keys.All)).Select(entry => new StoredEntry(entry.Id, entry.Subject, entry.What.PlainText(), entry.At))],
            [.. (await store.List(Index<LocalMessage>.Id, Keys.All)).OrderBy(message => message.Number).Select(message => new StoredMessage(message.Id, message.ThreadId, message.Subject, message.Token, PlainText.Of(message.Card), message.CreatedAt))],
            (await store.List(Index<Announcement>.Id, Keys.All)).Count,
            (await store.List(Index<Lease>.Id, Keys.All)).ToDictionary(lease => lease.Id, lease => lease.Holder));
    }

    internal sealed record StoredAlert(string Id, string Title, Instant OpenedAt, bool Acknowledged, int Entries, int Pages);

    internal sealed record StoredEntry(string Id, string Subject, string What, Instant At);

    internal sealed record StoredMessage(string Id, string? Thread, string Subject, string Token, string Text, Instant At);
}
