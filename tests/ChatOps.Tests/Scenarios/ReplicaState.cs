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
    IReadOnlyList<ReplicaState.StoredAlert> Alerts, IReadOnlyList<ReplicaState.StoredEntry> Entries, IReadOnlyList<ReplicaState.StoredMessage> Local, int Announcements)
{
    public static async Task<ReplicaState> Of(IStore store) => new(
        [.. (await store.List(Index<Alert>.Id, Keys.All)).Select(alert => new StoredAlert(alert.Id, alert.Facts.Title, alert.OpenedAt, alert.Acknowledgement is not null, alert.Entries, alert.Pages))],
        [.. (await store.List(Index<HistoryEntry>.Id, Keys.All)).Select(entry => new StoredEntry(entry.Id, entry.Subject, entry.What.PlainText(), entry.At))],
        [.. (await store.List(Index<LocalMessage>.Id, Keys.All)).OrderBy(message => message.Number).Select(message => new StoredMessage(message.Id, message.ThreadId, message.Subject, message.Token, PlainText.Of(message.Card), message.CreatedAt))],
        (await store.List(Index<Announcement>.Id, Keys.All)).Count);

    internal sealed record StoredAlert(string Id, string Title, Instant OpenedAt, bool Acknowledged, int Entries, int Pages);

    internal sealed record StoredEntry(string Id, string Subject, string What, Instant At);

    internal sealed record StoredMessage(string Id, string? Thread, string Subject, string Token, string Text, Instant At);
}

/// <summary>How far they have come.</summary>
/// <param name="Waiting">What no chat shows yet.</param>
/// <param name="Due">Timers that run within the next seconds.</param>
/// <param name="Sender">Who sends to the remote chat.</param>
internal sealed record ReplicaProgress(long Waiting, long Due, string? Sender)
{
    public static async Task<ReplicaProgress> Of(IStore store)
    {
        // The timers first: what they lead to waits then.
        var due = await store.Count(Alert.Due, Keys.UpTo(Keys.At(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) + Duration.FromSeconds(10)) + "|~"));
        return new(await store.Count(Mark.ByPlatform, Keys.All), due, (await store.Find<Lease>("chat/fake"))?.Holder);
    }
}
