using ChatOps.Core.Alerts;
using ChatOps.Core.Decisions;
using ChatOps.Core.Digests;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Storage.LiteDb.Backups;

/// <summary>
/// Makes the backups of the timetable, each in the background: what else falls due must not wait for it. Several times that were missed are made up for by one.
/// A failed one raises an alert and the next is tried at its time.
/// </summary>
internal sealed partial class BackupSchedule(
    LiteDbStore store, BackupFolder folder, StorageSettings.LiteDb settings, Decider decider, SelfAlerts alerts, TimeProvider clock, ILogger<BackupSchedule> log) : IDueWork, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public async Task<Instant?> RunDue(CancellationToken cancel)
    {
        if (!_running.IsCompleted || store.Fault is not null)
        {
            return null;
        }

        var turn = await store.Find<BackupTurn>(BackupTurn.TheOne, cancel);
        if (settings.Backup.Timetable is not { } timetable)
        {
            // Switched on again, it begins with its next time.
            _ = turn is null ? CommitOutcome.Stored : await store.Commit(new Commit().Delete(turn), cancel);
            return null;
        }

        var now = clock.Now();
        var next = new BackupTurn(timetable.After(now), timetable.Fingerprint, turn?.Failed ?? false) { Version = turn?.Version ?? 0 };
        if (turn is null || (turn.Timetable != timetable.Fingerprint && !(turn.DueAt <= now)))
        {
            await decider.Store([next], cancel);
            return next.DueAt;
        }

        if (turn.DueAt is not { } due || due > now)
        {
            return turn.DueAt;
        }

        _running = Task.Run(() => Run(turn, timetable, _stopping.Token), CancellationToken.None);
        return next.DueAt;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task Run(BackupTurn turn, DigestTimetable timetable, CancellationToken cancel)
    {
        try
        {
            var failed = !await Try(turn.Failed, cancel);
            await decider.Store([turn with { DueAt = timetable.After(clock.Now()), Timetable = timetable.Fingerprint, Failed = failed }], cancel);
        }
        catch (OperationCanceledException)
        {
            // The program stops: at the next start it is still due.
        }
        catch (Exception fault)
        {
            // The turn stands as it was: the sweep comes by again.
            LogNotNoted(fault);
        }
    }

    private async Task<bool> Try(bool failedBefore, CancellationToken cancel)
    {
        try
        {
            var made = await folder.Make(cancel);
            LogMade(made);
            if (failedBefore)
            {
                await alerts.BackupWorks(cancel);
            }

            return true;
        }
        catch (StoreException fault) when (!cancel.IsCancellationRequested)
        {
            LogFailed(fault);
            await alerts.BackupFailed(fault.Message, cancel);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "Backup made: {Backup}")]
    private partial void LogMade(Backup backup);

    [LoggerMessage(LogLevel.Warning, "The backup that was due could not be made; an alert says so, and the next is tried at its time")]
    private partial void LogFailed(Exception fault);

    [LoggerMessage(LogLevel.Error, "What became of a backup could not be stored; it is made again")]
    private partial void LogNotNoted(Exception fault);
}
