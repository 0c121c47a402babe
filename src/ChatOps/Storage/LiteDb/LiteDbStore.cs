using ChatOps.Core.Storage;
using LiteDB;
using LiteDB.Engine;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// The store in one LiteDB file, for one process. Reads run on the caller's thread; a commit goes through the writer's thread and is
/// answered after the fsync. Disposing stores what is queued and leaves an empty log.
/// </summary>
internal sealed partial class LiteDbStore : IStore, IAsyncDisposable
{
    // LiteDB fails above 100 open transactions, and every read is one (litedb-org/LiteDB#1976).
    private const int ConcurrentReads = 64;

    private readonly KnownCollections _collections;
    private readonly Preparation _preparation;
    private readonly Writer _writer;
    private readonly SemaphoreSlim _reads = new(ConcurrentReads);
    private readonly Lazy<Task> _closing;
    private readonly CancellationTokenSource _backups = new();
    private volatile bool _closed;

    private LiteDbStore(KnownCollections collections, bool checkLimits, Writer writer)
    {
        (_collections, _preparation, _writer) = (collections, new Preparation(collections, checkLimits), writer);
        _closing = new Lazy<Task>(Close);
    }

    /// <summary>Why nothing can be stored any more (the disk is full or broken), or null. Reads go on as long as they can.</summary>
    public string? Fault => _writer.Fault;

    /// <inheritdoc cref="DatabaseFiles.Trouble"/>
    public string? Trouble => _writer.Database.Trouble;

    /// <summary>Opens the file, or makes it and its folder. Throws <see cref="StoreException"/> when that cannot be, or another process has it.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="collections">Every collection of the program.</param>
    /// <param name="time">Dates the note that says who holds the file.</param>
    /// <param name="logger">Told what an operator has to know.</param>
    public static LiteDbStore Open(string path, IEnumerable<Collection> collections, TimeProvider time, ILogger<LiteDbStore> logger) =>
        Open(() => DatabaseFiles.Open(path, time), collections, logger);

    /// <param name="files">Opened on the writer's thread.</param>
    /// <param name="collections">Every collection of the program.</param>
    /// <param name="logger">Told what an operator has to know.</param>
    /// <param name="checkLimits">False only in tests that want to see LiteDB itself refuse a document.</param>
    /// <param name="layouts">Tests bring their own.</param>
    /// <param name="checkpointPages">How long the log may grow before it is copied into the data file; tests of that make it short.</param>
    internal static LiteDbStore Open(
        Func<DatabaseFiles> files, IEnumerable<Collection> collections, ILogger<LiteDbStore> logger, bool checkLimits = true, Layouts? layouts = null, int checkpointPages = Database.CheckpointPages)
    {
        var known = new KnownCollections(collections, Counters.Collection);
        return new LiteDbStore(known, checkLimits, new Writer(() => Database.Open(files(), known.All, layouts ?? Layouts.All, checkpointPages), known.All, logger));
    }

    public async ValueTask<T?> Find<T>(string id, CancellationToken cancel = default)
        where T : Document, IStored<T>
    {
        var collection = _collections.Known(T.Collection);
        var (cache, question) = (_writer.Caches[collection], new Question("_id", Keys.Exactly(id), 0, false));
        if (!cache.Knows(question, out var answer, out var asked))
        {
            var found = await Read(engine => engine.ById(collection.Name, id), cancel);
            await _writer.Database.Unsynced.After(collection.Name, id, cancel);
            answer = found is null ? null : Revive<T>(collection, found);
            cache.Keep(question, answer, asked);
        }

        ThrowIfClosed();
        return (T?)answer;
    }

    public async ValueTask<IReadOnlyList<T>> List<T>(
        Index<T> index, Keys keys, int limit = int.MaxValue, bool descending = false, CancellationToken cancel = default)
        where T : Document, IStored<T>
    {
        var (collection, field) = Place(index);
        var (cache, question) = (_writer.Caches[collection], new Question(field, keys, limit, descending));
        if (cache.Knows(question, out var answer, out var asked))
        {
            ThrowIfClosed();
            return (IReadOnlyList<T>)answer!;
        }

        var found = await Read(engine => engine.Range(collection.Name, field, keys, limit, descending), cancel);
        await _writer.Database.Unsynced.After(collection.Name, found.Select(stored => stored["_id"].AsString), cancel);
        var documents = found.ConvertAll(stored => Revive<T>(collection, stored));
        if (documents.Count <= ReadCache.LongestList)
        {
            cache.Keep(question, documents, asked);
        }

        return documents;
    }

    public async ValueTask<long> Count<T>(Index<T> index, Keys keys, CancellationToken cancel = default)
        where T : Document, IStored<T>
    {
        var (collection, field) = Place(index);
        var count = await Read(engine => engine.Count(collection.Name, field, keys), cancel);
        await _writer.Database.Unsynced.After(collection.Name, cancel);
        return count;
    }

    public async Task<CommitOutcome> Commit(Commit commit, CancellationToken cancel = default) =>
        await _writer.Write(PreparedCommit.Of(commit, _preparation), cancel);

    public ValueTask<long> NextNumber(string series, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        ThrowIfClosed();
        if (Fault is { } fault)
        {
            throw new StoreException(fault);
        }

        _preparation.CheckKey(series, "The name of a series of numbers");
        return ValueTask.FromResult(_writer.Database.Counters.Next(series));
    }

    public ValueTask DisposeAsync() => new(_closing.Value);

    private static T Revive<T>(Collection collection, BsonDocument stored)
        where T : Document =>
        KnownCollections.Revive<T>(collection, stored["_id"].AsString, stored[Fields.Json].AsString, stored[Fields.Version].AsInt64);

    private (Collection Collection, string Field) Place<T>(Index<T> index)
        where T : Document, IStored<T> =>
        _collections.Place(index) is var (collection, known) && known is not null ? (collection, Fields.Of(known)) : (collection, "_id");

    private async ValueTask<TFound> Read<TFound>(Func<LiteEngine, TFound> read, CancellationToken cancel)
    {
        ThrowIfClosed();
        await _reads.WaitAsync(cancel);
        try
        {
            ThrowIfClosed();
            // No await in here: a LiteDB transaction belongs to its thread.
            return read(_writer.Database.Engine);
        }
        catch (Exception failure) when (failure is LiteException or IOException)
        {
            throw new StoreException($"The database cannot be read: {failure.Message}", failure);
        }
        finally
        {
            _reads.Release();
        }
    }

    private Task Close()
    {
        _closed = true;
        // Not asynchronously: a backup that goes on has heard of it when this returns.
        _backups.Cancel();
        _writer.Complete();
        return CloseWhenIdle();
    }

    private async Task CloseWhenIdle()
    {
        for (var i = 0; i < ConcurrentReads; i++)
        {
            await _reads.WaitAsync();
        }

        await _writer.Close();
        // Reads that waited meanwhile wake up and find the store closed.
        _reads.Release(ConcurrentReads);
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new StoreException("The store is closed");
        }
    }
}
