using System.Threading.Channels;
using ChatOps.Core.Storage;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// The one thread that writes. A LiteDB transaction belongs to a thread, and its log is written by whoever runs its continuations: on a
/// thread of our own, without a SynchronizationContext, that is known. Commits that wait together share a transaction and its two fsyncs.
/// </summary>
internal sealed class Writer
{
    private const int BatchCommits = 256;
    private const int QueuedCommits = 1_024;
    private const long BatchBytes = 16 * 1024 * 1024;

    private readonly Channel<PreparedCommit> _queue = Channel.CreateBounded<PreparedCommit>(new BoundedChannelOptions(QueuedCommits) { SingleReader = true });
    private readonly TaskCompletionSource<BatchStore> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BatchStore _batches;

    /// <summary>Opens the database on the writer's thread and returns when it is open.</summary>
    public Writer(Func<Database> open, IEnumerable<Collection> collections, ILogger logger)
    {
        Caches = collections.ToDictionary(collection => collection, _ => new ReadCache());
        new Thread(() => Run(open, logger)) { IsBackground = true, Name = "store writer" }.Start();
        _batches = _opened.Task.GetAwaiter().GetResult();
    }

    /// <summary>Reads may use it from any thread; nothing else may.</summary>
    public Database Database => _batches.Database;

    /// <summary>What was read last, told here of every change.</summary>
    public IReadOnlyDictionary<Collection, ReadCache> Caches { get; }

    /// <inheritdoc cref="BatchStore.Fault"/>
    public string? Fault => _batches.Fault;

    /// <summary>Completes with the outcome when it is on the disk. Waits for room in the queue; once queued, cancelling only stops waiting.</summary>
    public async Task<CommitOutcome> Write(PreparedCommit commit, CancellationToken cancel)
    {
        if (Fault is { } fault)
        {
            throw new StoreException(fault);
        }

        try
        {
            await _queue.Writer.WriteAsync(commit, cancel);
        }
        catch (ChannelClosedException closed)
        {
            throw new StoreException("The store is closed", closed);
        }

        return await commit.Answer.WaitAsync(cancel);
    }

    /// <summary>Takes no more commits; those that are queued are still stored.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Completes when everything is stored and the database closed. To be called when no read is running any more.</summary>
    public Task Close()
    {
        Complete();
        _released.TrySetResult();
        return _stopped.Task;
    }

    private void Run(Func<Database> open, ILogger logger)
    {
        BatchStore batches;
        try
        {
            batches = new BatchStore(open(), logger);
            _opened.SetResult(batches);
        }
        catch (Exception failure)
        {
            _opened.SetException(failure);
            return;
        }

        var batch = new List<PreparedCommit>(BatchCommits);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            var size = 0L;
            while (batch.Count < BatchCommits && size < BatchBytes && _queue.Reader.TryRead(out var next))
            {
                batch.Add(next);
                size += next.Size;
            }

            var changed = batch.SelectMany(commit => commit.Writes).Select(write => write.Write.Collection).Distinct().Select(collection => Caches[collection]).ToList();
            changed.ForEach(cache => cache.Changing());
            batches.Store(batch);
            changed.ForEach(cache => cache.Changed());
            batch.Clear();
        }

        _released.Task.GetAwaiter().GetResult();
        batches.Close();
        _stopped.SetResult();
    }
}
