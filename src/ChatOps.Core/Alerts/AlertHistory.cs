using ChatOps.Core.Chat;
using ChatOps.Core.History;
using ChatOps.Core.People;
using NodaTime;

namespace ChatOps.Core.Alerts;

internal static class AlertHistory
{
    /// <summary>The alert with one more entry, and the entry.</summary>
    public static (Alert Alert, HistoryEntry Entry) Write(this Alert alert, Actor by, Instant now, Markup what) =>
        (alert with { Entries = alert.Entries + 1, ChangedAt = now }, HistoryEntry.Next(alert, by, now, what));
}
