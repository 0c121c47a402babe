using ChatOps.Core.Alerts;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Decisions;
using ChatOps.Core.History;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.Retention;

/// <summary>
/// Condenses alerts that were resolved long ago, and removes announcements of that age: a few at a time, so that nothing urgent waits for it. Whatever it does
/// is a guarded commit that leaves the store whole; killed in between, the next run goes on, because what is left to do is read from the store each time.
/// </summary>
internal sealed partial class Condenser(IStore store, ChatTraces traces, RetentionSettings settings, TimeProvider clock, ILogger<Condenser> log) : IDueWork
{
    // With its history and messages an alert is about ten documents.
    private const int Batch = 25;

    // Of one alert at once, of each kind.
    private const int MostBeside = 100;

    private static readonly Duration Pause = Duration.FromSeconds(1);

    public async Task<Instant?> RunDue(CancellationToken cancel)
    {
        if (settings.Alerts is not { } age)
        {
            return null;
        }

        try
        {
            return await Run(age, clock.Now(), cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogFailed(fault);
            return null; // the sweep comes back to it
        }
    }

    private async Task<Instant?> Run(Duration age, Instant now, CancellationToken cancel)
    {
        var old = Keys.UpTo(Keys.At(now - age) + "|~");
        var alerts = await store.List(Alert.Condensable, old, Batch, cancel: cancel);
        var spent = await store.List(Announcement.Spent, old, Batch, cancel: cancel);
        // Together, for then they share the disk's syncs.
        await Task.WhenAll([.. alerts.Select(alert => Condense(alert, now, cancel)), .. spent.Select(said => Remove(said, cancel))]);
        if (alerts.Count + spent.Count > 0)
        {
            LogDone(alerts.Count, spent.Count);
            return now + Pause;
        }

        var nextAlert = await store.List(Alert.Condensable, Keys.All, 1, cancel: cancel);
        var nextSpent = await store.List(Announcement.Spent, Keys.All, 1, cancel: cancel);
        Instant?[] next = [.. nextAlert.Select(alert => alert.Resolution?.At + age), .. nextSpent.Select(said => (Instant?)said.At + age)];
        return next.Min();
    }

    /// <summary>
    /// The first commit already makes it a condensed alert: from then on it takes no notes and joins no incident, so what goes with the next commits is missed
    /// by nobody. One that joined an incident meanwhile has moved on: the commit is refused and nothing is lost.
    /// </summary>
    private async Task Condense(Alert alert, Instant now, CancellationToken cancel)
    {
        List<IReadOnlyList<Document>> beside =
        [
            await store.List(Episode.OfAlert, Episode.ClosedOf(alert.Id), MostBeside, cancel: cancel),
            await store.List(Index<HistoryEntry>.Id, HistoryEntry.Of(alert.Id), MostBeside, cancel: cancel),
            await traces.Beginning(HistoryEntry.CardKind, alert.Id + "/", MostBeside, cancel),
            await traces.Beginning(AlertCalls.CardKind, AlertCalls.PrefixOf(alert.Id), MostBeside, cancel),
            await traces.Beginning(Face.PageKind, alert.Id + "/", MostBeside, cancel),
            await traces.Of(alert.Card, cancel),
        ];
        var commit = new Commit().Put(alert.Condense(done: beside.TrueForAll(part => part.Count < MostBeside), now));
        beside.SelectMany(part => part).ToList().ForEach(document => commit.Delete(document));
        await store.Commit(commit, cancel);
    }

    private async Task Remove(Announcement said, CancellationToken cancel)
    {
        var commit = new Commit().Delete(said);
        (await traces.Of(new Face(Announcement.CardKind, said.Id), cancel)).ForEach(document => commit.Delete(document));
        await store.Commit(commit, cancel);
    }

    [LoggerMessage(LogLevel.Information, "{Alerts} alerts that were resolved long ago are condensed, {Announcements} old announcements removed")]
    private partial void LogDone(int alerts, int announcements);

    [LoggerMessage(LogLevel.Error, "Old alerts could not be condensed; it is tried again")]
    private partial void LogFailed(Exception fault);
}
