using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb.Backups;
using LiteDB;
using LiteDB.Engine;

namespace ChatOps.Storage.LiteDb;

/// <summary>LiteDB over our own streams, with what makes its commits durable. All but reads belongs to the writer's thread.</summary>
internal sealed class Database : IDisposable
{
    // 8 MB of log: what LiteDB's own default is.
    public const int CheckpointPages = 1_000;

    private readonly DatabaseFiles _files;
    private readonly LogStream _log;
    private readonly SemaphoreSlim _dataFile = new(1);
    private readonly int _checkpointPages;
    private bool _stuck;

    private Database(DatabaseFiles files, int checkpointPages)
    {
        (_files, _checkpointPages) = (files, checkpointPages);
        _log = new LogStream(files.Log);
        Engine = new LiteEngine(new EngineSettings
        {
            DataStream = new DataStream(files.Data),
            LogStream = _log,
            // Ids "abc" and "ABC" are two; LiteDB's default compares without case.
            Collation = Collation.Binary,
        });
    }

    public LiteEngine Engine { get; }

    public Counters Counters { get; } = new();

    public Unsynced Unsynced { get; } = new();

    public bool LogIsLong => _files.Log.Length > (long)_checkpointPages * LogStream.PageSize;

    public bool LogHasPages => _files.Log.Length >= LogStream.PageSize;

    /// <summary>Opens, makes what is missing, and returns when that is on the disk. Owns the files from here on, also when it throws.</summary>
    public static Database Open(DatabaseFiles files, IReadOnlyList<Collection> collections, Layouts layouts, int checkpointPages = CheckpointPages)
    {
        Database? database = null;
        try
        {
            files = layouts.Bring(files);
            if (files.IsEmpty)
            {
                files.Data.SetLength(0);
            }

            database = new Database(files, checkpointPages);
            Schema.Prepare(database.Engine, layouts.Newest, collections);
            database.Counters.Load(database.Engine);
            database.Sync();
            return database;
        }
        catch (Exception failure)
        {
            database?.Engine.Dispose();
            files.Dispose();
            if (failure is StoreException)
            {
                throw;
            }

            throw new StoreException($"The database file {files.Path} cannot be opened: {failure.Message}", failure);
        }
    }

    /// <summary>Returns when everything that was committed would survive a power cut.</summary>
    public void Sync()
    {
        _stuck = true;
        _log.WaitWritten(Engine.LogLength());
        _log.Sync();
        _stuck = false;
    }

    /// <summary>
    /// Copies the log into the data file and empties it. Only what is in the log for good may go there, as pages are copied one by one. While a backup is being
    /// made it does nothing, and the log grows.
    /// </summary>
    public void Checkpoint()
    {
        if (!_dataFile.Wait(0))
        {
            return;
        }

        try
        {
            Sync();
            Engine.Checkpoint();
            _log.ThrowIfFailed();
        }
        finally
        {
            _dataFile.Release();
        }
    }

    /// <summary>
    /// Writes everything that was answered before into one file, from any thread. The data file changes at checkpoints only, and holding those off is all that it
    /// takes: reads and commits go on.
    /// </summary>
    public async Task CopyTo(IDiskFile target, Pace pace, CancellationToken cancel)
    {
        await _dataFile.WaitAsync(cancel);
        try
        {
            await Task.Run(() => DataCopy.Write(_files.Data, _files.Log, _log.Written, target, pace, cancel), cancel);
        }
        finally
        {
            _dataFile.Release();
        }
    }

    /// <inheritdoc cref="DatabaseFiles.Trouble"/>
    public string? Trouble => _files.Trouble;

    public void ThrowIfBroken()
    {
        _log.ThrowIfFailed();
        // LiteDB closes itself after an I/O error or when it finds its file inconsistent; it says so at the next transaction.
        Engine.BeginTrans();
        Engine.Rollback();
    }

    /// <summary>Lets go of the files. A LiteDB that stopped writing is left as it is: closing it would wait for a queue that may never be empty.</summary>
    public void Dispose()
    {
        if (!_stuck)
        {
            Engine.Dispose();
        }
        // LiteDB does not dispose the streams it was given.
        _log.Dispose();
        _files.Dispose();
    }
}
