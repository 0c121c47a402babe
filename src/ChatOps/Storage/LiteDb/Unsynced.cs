using ChatOps.Core.Storage;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// What LiteDB shows to readers already and the disk does not have yet. Whoever read some of it waits until it is synced: said in an answer or in chat, it must not
/// be gone after a crash. When it could not be synced it may come to nothing at the next start, and is never told.
/// </summary>
internal sealed class Unsynced
{
    private volatile Batch? _batch;

    /// <summary>By the writer, before it commits these to LiteDB.</summary>
    public void Begin(IEnumerable<PreparedCommit> stored) => _batch = new Batch(stored.SelectMany(commit => commit.Writes));

    /// <summary>It is on the disk.</summary>
    public void End()
    {
        var batch = _batch;
        _batch = null;
        batch?.Synced.TrySetResult();
    }

    /// <summary>It may never be. It stays unread until the program is started again.</summary>
    public void Fail(string why) => _batch?.Synced.TrySetException(new StoreException(why));

    /// <summary>To be called after reading one document, or that there is none.</summary>
    public Task After(string collection, string id, CancellationToken cancel) =>
        _batch is { } batch && batch.Touches(collection, id) ? batch.Synced.Task.WaitAsync(cancel) : Task.CompletedTask;

    /// <summary>To be called after reading several. What was changed or removed may be missing among them.</summary>
    public Task After(string collection, IEnumerable<string> found, CancellationToken cancel) =>
        _batch is { } batch && batch.Touches(collection, found) ? batch.Synced.Task.WaitAsync(cancel) : Task.CompletedTask;

    /// <summary>To be called after reading how many there are.</summary>
    public Task After(string collection, CancellationToken cancel) =>
        _batch is { } batch && batch.Touches(collection) ? batch.Synced.Task.WaitAsync(cancel) : Task.CompletedTask;

    private sealed class Batch(IEnumerable<PreparedDocument> writes)
    {
        private readonly ILookup<string, PreparedWrite> _writes = writes.Select(document => document.Write).Where(write => write.Kind != WriteKind.Expected).ToLookup(write => write.Collection.Name);

        public TaskCompletionSource Synced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Touches(string collection) => _writes.Contains(collection);

        public bool Touches(string collection, string id) => _writes[collection].Any(write => write.Id == id);

        public bool Touches(string collection, IEnumerable<string> found)
        {
            var written = _writes[collection].ToList();
            return written.Exists(write => write.NextVersion != 1) || (written.Count > 0 && written.Select(write => write.Id).Intersect(found, StringComparer.Ordinal).Any());
        }
    }
}
