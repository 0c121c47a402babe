using ChatOps.Core.Storage;

namespace ChatOps.Storage.LiteDb.Backups;

/// <summary>Puts a backup in the data file's place. The place holds the file of before or the new one, whole, wherever this is killed.</summary>
/// <param name="database">The data file.</param>
/// <param name="time">Dates the file that is kept.</param>
/// <param name="done">Told of each thing done to the files, for tests that stop it there.</param>
internal sealed class Restore(string database, TimeProvider time, Action<string> done)
{
    /// <returns>How many documents there are now, and where the file of before is kept, if there was one.</returns>
    /// <exception cref="StoreException">A bot has the data file, or the backup is none.</exception>
    public (long Documents, string? Kept) From(string file, Pace pace, CancellationToken cancel)
    {
        if (Path.GetFullPath(file) == database)
        {
            throw new StoreException($"{file} is the data file itself; give a backup");
        }

        using var backup = BackupFile.Open(file);
        var existed = File.Exists(database);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(database)!);
            using var held = existed ? DatabaseFiles.Lock(database, database) : null;
            using var log = DatabaseFiles.Lock(DatabaseFiles.LogPath(database), database);
            var documents = backup.Count(pace, cancel);
            using var next = new NewFile(database, replace: true);
            backup.CopyTo(next.File, pace, cancel);
            done("copied");
            var kept = KeepBefore(held, log);
            next.Place();
            done("placed");
            using var placed = BackupFile.Open(database, next.File);
            return placed.Count(pace, cancel) == documents ? (documents, kept) : throw new StoreException($"{database} does not hold what {file} does; the disk is at fault");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{database} cannot be written: {failure.Message}", failure);
        }
    }

    private string? KeepBefore(DiskFile? data, DiskFile log)
    {
        var kept = $"{database}.before-restore-{time.GetUtcNow():yyyy-MM-dd'T'HHmmss'Z'}";
        if (log.Length > 0)
        {
            Settle(data, log, kept + "-log");
        }

        if (data is null)
        {
            return null;
        }

        Folder.Keep(database, kept);
        done("kept");
        return kept;
    }

    /// <summary>
    /// The log of before must not stand beside the new file. It goes into its data file, as at any checkpoint; where the two do not fit together that cannot be,
    /// and it is kept beside, too.
    /// </summary>
    private void Settle(DiskFile? data, DiskFile log, string kept)
    {
        try
        {
            var present = data is null ? throw new StoreException("There is no data file") : new DatabaseFiles(database, data, log);
            Layouts.All.RefuseNewer(present);
            PlainEngine.Run(data, log, _ => { });
        }
        catch (Exception unfit) when (unfit is StoreException or LiteDB.LiteException)
        {
            log.Move(DatabaseFiles.LogPath(database), kept, replace: false);
            Folder.Sync(kept);
        }

        done("settled");
    }
}
