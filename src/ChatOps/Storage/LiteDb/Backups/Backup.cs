using ChatOps.Core.Storage;

namespace ChatOps.Storage.LiteDb.Backups;

/// <summary>A backup that was made: one file, which opens.</summary>
internal sealed record Backup(string File, long Documents, long Bytes, TimeSpan Took)
{
    public override string ToString() => string.Create(null, $"{File}: {Documents:N0} documents, {Bytes:N0} bytes, {Took.TotalSeconds:0.0} seconds");

    /// <summary>Copies under another name, proves that the copy can be read, and gives it its name then.</summary>
    /// <exception cref="StoreException">A sentence that says why it was not made; there is no such file then.</exception>
    public static async Task<Backup> Make(string file, bool replace, Func<IDiskFile, Task> copy, Pace pace, CancellationToken cancel)
    {
        try
        {
            RefuseHeld(file, replace);
            using var made = new NewFile(file, replace);
            await copy(made.File);
            var documents = await Task.Run(() => Prove(made, pace, cancel), cancel);
            cancel.ThrowIfCancellationRequested();
            made.Place();
            return new Backup(file, documents, made.File.Length, pace.Took);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{file} cannot be written: {failure.Message}", failure);
        }
    }

    /// <summary>Of a data file that no bot has open. It stays as it is.</summary>
    public static async Task<Backup> MakeOffline(string database, string file, bool replace, Pace pace, TimeProvider time, CancellationToken cancel)
    {
        if (!System.IO.File.Exists(database))
        {
            throw new StoreException($"There is no data file {database}");
        }

        using var files = DatabaseFiles.Open(database, time);
        return files.IsEmpty
            ? throw new StoreException($"The data file {database} is empty")
            : await Make(file, replace, target => Task.Run(() => DataCopy.Write(files.Data, files.Log, files.Log.Length, target, pace, cancel), cancel), pace, cancel);
    }

    /// <summary>A data file that is held, or its log, under whatever name: put over it, the backup would take away all that is stored from then on.</summary>
    private static void RefuseHeld(string file, bool replace)
    {
        if (replace && System.IO.File.Exists(file))
        {
            DatabaseFiles.Lock(file, file).Dispose();
        }
    }

    private static long Prove(NewFile made, Pace pace, CancellationToken cancel)
    {
        using var opened = BackupFile.Open(made.Partial, made.File);
        return opened.Count(pace, cancel);
    }
}
