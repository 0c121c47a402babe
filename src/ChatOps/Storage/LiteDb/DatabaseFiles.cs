using System.Globalization;
using ChatOps.Core.Storage;

namespace ChatOps.Storage.LiteDb;

/// <summary>The two files of a LiteDB database, data and log, locked, and known to be ours to write to.</summary>
internal sealed class DatabaseFiles : IDisposable
{
    private readonly string? _holder;

    /// <summary>Takes over both files. Throws <see cref="StoreException"/> when they hold something else than a whole database of ours.</summary>
    public DatabaseFiles(string path, IDiskFile data, IDiskFile log, string? holder = null)
    {
        (Path, Data, Log, _holder) = (path, data, log, holder);
        CheckContents();
    }

    public string Path { get; }

    public IDiskFile Data { get; }

    public IDiskFile Log { get; }

    /// <summary>What stands in the data file, or newer in the log, now that both are opened.</summary>
    public DataHeader Header { get; private set; }

    /// <summary>Nothing was ever stored here.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>What somebody did to the files while they are open, as a sentence, or null.</summary>
    public string? Trouble => Data.Trouble is { } data ? $"The data file {Path} {data} while the bot was running. Stop the bot and put back the file or a backup; until then nothing is stored"
        : Log.Trouble is { } log ? $"The log {LogPath(Path)} {log} while the bot was running. Stop the bot and put it back, or what was stored in the last minutes may be lost; until then nothing is stored"
        : null;

    /// <summary>Opens and locks the files at that path, and leaves a note beside them that says who has them.</summary>
    public static DatabaseFiles Open(string path, TimeProvider time)
    {
        if (Directory.Exists(path))
        {
            throw new StoreException($"The database file {path} is a folder; give a file name");
        }

        DiskFile? data = null, log = null;
        var holder = HolderPath(path);
        try
        {
            if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            data = Lock(path, path);
            log = Lock(LogPath(path), path);
            var files = new DatabaseFiles(path, data, log, holder);
            File.WriteAllText(holder, string.Create(CultureInfo.InvariantCulture,
                $"pid {Environment.ProcessId} on host {Environment.MachineName} since {time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}"));
            return files;
        }
        catch (Exception failure)
        {
            log?.Dispose();
            data?.Dispose();
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw new StoreException($"The database file {path} cannot be opened: {failure.Message}", failure);
            }

            throw;
        }
    }

    /// <summary>Locks a file, whatever is in it. The name is that of the data file or of its log.</summary>
    public static DiskFile Lock(string name, string database)
    {
        try
        {
            return new DiskFile(name);
        }
        catch (IOException taken) when (IsSharingViolation(taken))
        {
            var who = File.Exists(HolderPath(database)) ? File.ReadAllText(HolderPath(database)) : "another process";
            throw new StoreException($"The database file {database} is in use by {who}; only one process may have it open: stop that one first", taken);
        }
    }

    /// <summary>The same place with another data file in it, which is locked already.</summary>
    public DatabaseFiles With(IDiskFile data)
    {
        Data.Dispose();
        return new(Path, data, Log, _holder);
    }

    public void Dispose()
    {
        try
        {
            // The note goes while the lock is still held, so that it is never the next holder's note that is removed.
            if (_holder is not null)
            {
                File.Delete(_holder);
            }
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // A note that stays behind says nothing as long as the file can be locked.
        }

        Log.Dispose();
        Data.Dispose();
    }

    private static string HolderPath(string path) => path + ".holder";

    // LiteDB's own name for it, so that its tools find the log beside the data.
    public static string LogPath(string path) =>
        System.IO.Path.ChangeExtension(path, null) + "-log" + System.IO.Path.GetExtension(path);

    // EWOULDBLOCK of flock (11 on Linux, 35 on macOS); ERROR_SHARING_VIOLATION on Windows.
    private static bool IsSharingViolation(IOException failure) => failure.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <summary>LiteDB crops what it takes for a torn page, writes a new database into an empty file, and believes every log: it must not do so to what is not ours.</summary>
    private void CheckContents()
    {
        var page = new byte[LogStream.PageSize];
        var read = Data.Read(page, 0);
        if (page.AsSpan(0, read).IndexOfAnyExcept((byte)0) < 0 && Data.Length <= LogStream.PageSize)
        {
            // Empty, or the power was cut while the first page was written.
            IsEmpty = true;
            if (Log.Length > 0)
            {
                throw new StoreException($"The database file {Path} is empty, but there is a log beside it: put the data file back, or move the log away");
            }

            return;
        }

        ReadHeader(page.AsSpan(0, read));
        var log = LogContents.Read(Log, Log.Length)
            ?? throw new StoreException($"The log {LogPath(Path)} holds something else than changes of {Path}; both were left as they are. Put the right log there, or move this one away: then what it held is lost");
        if (log.Confirmed.TryGetValue(0, out var newer))
        {
            Log.Read(page, newer);
            ReadHeader(page);
        }

        CheckWhole(log);
    }

    private void ReadHeader(ReadOnlySpan<byte> page)
    {
        (Header, var fault) = DataHeader.Read(page);
        if (fault is not null)
        {
            throw new StoreException($"The database file {Path} {fault}");
        }
    }

    private void CheckWhole(LogContents log)
    {
        var missing = 0L;
        for (var page = Data.Length / LogStream.PageSize; page <= Header.LastPage; page++)
        {
            missing += log.Confirmed.ContainsKey((uint)page) ? 0 : 1;
        }

        if (missing > 0)
        {
            throw new StoreException($"The database file {Path} is cut short: {missing} of its {Header.LastPage + 1L} pages are missing; it was left as it is. Put a backup in its place: chatops restore FILE");
        }

        if (Header is { Layout: 0, LastPage: > 0 })
        {
            throw new StoreException($"The database file {Path} belongs to another program; it was left as it is");
        }
    }
}
