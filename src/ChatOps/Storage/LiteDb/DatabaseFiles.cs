using System.Globalization;
using System.Text;
using ChatOps.Core.Storage;

namespace ChatOps.Storage.LiteDb;

/// <summary>The two files of a LiteDB database, data and log, locked, and known to be ours to write to.</summary>
internal sealed class DatabaseFiles : IDisposable
{
    private const int HeaderLength = 60;
    private const byte LiteDb5 = 8;

    private static readonly byte[] Signature = Encoding.ASCII.GetBytes("** This is a LiteDB file **");

    private readonly string? _holder;

    /// <summary>Takes over both files. Throws <see cref="StoreException"/> when they hold something else than a LiteDB 5 database.</summary>
    public DatabaseFiles(string path, IDiskFile data, IDiskFile log, string? holder = null)
    {
        (Path, Data, Log, _holder) = (path, data, log, holder);
        CheckContents();
    }

    public string Path { get; }

    public IDiskFile Data { get; }

    public IDiskFile Log { get; }

    /// <summary>Opens and locks the files at that path, and leaves a note beside them that says who has them.</summary>
    public static DatabaseFiles Open(string path, TimeProvider time)
    {
        if (Directory.Exists(path))
        {
            throw new StoreException($"The database file {path} is a folder; give a file name");
        }

        DiskFile? data = null, log = null;
        var holder = path + ".holder";
        try
        {
            if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            data = Lock(path, holder);
            log = Lock(LogPath(path), holder);
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

    // LiteDB's own name for it, so that its tools find the log beside the data.
    private static string LogPath(string path) =>
        System.IO.Path.ChangeExtension(path, null) + "-log" + System.IO.Path.GetExtension(path);

    private static DiskFile Lock(string path, string holder)
    {
        try
        {
            return new DiskFile(path);
        }
        catch (IOException taken) when (IsSharingViolation(taken))
        {
            var who = File.Exists(holder) ? File.ReadAllText(holder) : "another process";
            throw new StoreException($"The database file {path} is in use by {who}; only one process may have it open", taken);
        }
    }

    // EWOULDBLOCK of flock (11 on Linux, 35 on macOS); ERROR_SHARING_VIOLATION on Windows.
    private static bool IsSharingViolation(IOException failure) => failure.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <summary>LiteDB crops what it takes for a torn page, and writes a new database into an empty file: it must not do so to somebody else's file.</summary>
    private void CheckContents()
    {
        var length = Data.Length;
        var page = new byte[Math.Min(length, LogStream.PageSize)];
        var read = Data.Read(page, 0);
        if (page.AsSpan(0, read).IndexOfAnyExcept((byte)0) < 0 && length <= LogStream.PageSize)
        {
            // Empty, or the power was cut while the first page was written.
            if (Log.Length > 0)
            {
                throw new StoreException($"The database file {Path} is empty, but there is a log beside it: put the data file back, or move the log away");
            }

            if (length > 0)
            {
                Data.SetLength(0);
            }

            return;
        }

        if (length < LogStream.PageSize || !page.AsSpan(32, Signature.Length).SequenceEqual(Signature))
        {
            throw new StoreException($"The file {Path} is not a LiteDB database; it was left as it is");
        }

        if (page[HeaderLength - 1] != LiteDb5)
        {
            throw new StoreException($"The database file {Path} was written by another major version of LiteDB (format {page[HeaderLength - 1]}, this program reads {LiteDb5})");
        }
    }
}
