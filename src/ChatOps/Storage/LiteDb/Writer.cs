using System.Threading.Channels;
using ChatOps.Core.Storage;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// The one thread that writes. A LiteDB transaction belongs to a thread, and its log is written by whoever runs its continuations: on a
/// thread of our own, without a SynchronizationContext, that is known. Commits that wait together share a transaction and its two fsyncs.
/// </summary>
internal sealed partial class Writer
{
    private const int BatchCommits = 256;
    private const int QueuedCommits = 1_024;
    private const long BatchBytes = 16 * 1024 * 1024;
    private const int CheckpointPages = 1_000;

    private readonly Channel<PreparedCommit> _queue = Channel.CreateBounded<PreparedCommit>(new BoundedChannelOptions(QueuedCommits) { SingleReader = true });
    private readonly TaskCompletionSource<Database> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _logger;
    private Database _database = null!;
    private string? _fault;

    private Writer(ILogger logger) => _logger = logger;

    /// <summary>Why nothing can be stored any more, or null. It stays until the program is restarted.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    public static (Writer Writer, Database Database) Start(Func<Database> open, ILogger logger)
    {
        var writer = new Writer(logger);
        new Thread(() => writer.Run(open)) { IsBackground = true, Name = "store writer" }.Start();
        return (writer, writer._opened.Task.GetAwaiter().GetResult());
    }

    /// <summary>Completes with the outcome when it is on the disk. Waits for room in the queue; once queued, cancelling only stops waiting.</summary>
    public async Task<CommitOutcome> Write(PreparedCommit commit, CancellationToken cancel)
    {
        if (Fault is { } fault)
            throw new StoreException(fault);
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

    /// <summary>Takes no more commits; completes when those that were queued are stored.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Completes when the database is closed. The store calls it when no read is running any more.</summary>
    public Task Close()
    {
        Complete();
        _released.TrySetResult();
        return _stopped.Task;
    }

    private void Run(Func<Database> open)
    {
        try
        {
            _database = open();
        }
        catch (Exception failure)
        {
            _opened.SetException(failure);
            return;
        }

        _opened.SetResult(_database);
        var batch = new List<PreparedCommit>(BatchCommits);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            var size = 0L;
            while (batch.Count < BatchCommits && size < BatchBytes && _queue.Reader.TryRead(out var next))
            {
                batch.Add(next);
                size += next.Size;
            }

            Store(batch);
            batch.Clear();
            if (_database.LogPages > CheckpointPages)
                Checkpoint();
        }

        _released.Task.GetAwaiter().GetResult();
        Shut();
    }

    private void Store(List<PreparedCommit> batch)
    {
        if (Fault is { } fault)
        {
            batch.ForEach(commit => commit.Fail(fault));
            return;
        }

        try
        {
            BatchTransaction.Run(_database, batch);
        }
        catch (BatchTransaction.NotDurableException failure)
        {
            Break(failure.InnerException ?? failure);
            batch.ForEach(commit => commit.Fail(Fault!, failure));
        }
        catch (Exception failure)
        {
            StoreApart(batch, failure);
        }
    }

    /// <summary>LiteDB threw, and undid the whole transaction: each commit gets one of its own, so that only the one at fault fails.</summary>
    private void StoreApart(List<PreparedCommit> batch, Exception failure)
    {
        try
        {
            _database.ThrowIfBroken();
        }
        catch (Exception broken)
        {
            Break(broken);
        }

        if (batch.Count == 1 && Fault is null)
        {
            LogRefused(failure);
            batch[0].Fail($"The database refused the commit: {failure.Message}", failure);
            return;
        }

        foreach (var commit in batch)
            Store([commit]);
    }

    private void Checkpoint()
    {
        if (Fault is not null)
            return;
        try
        {
            _database.Checkpoint();
        }
        catch (LiteDB.LiteException busy) when (busy.ErrorCode == LiteDB.LiteException.LOCK_TIMEOUT)
        {
            // A read held LiteDB's lock for a minute. The log is only longer; the next batch tries again.
            LogCheckpointLate(busy);
        }
        catch (Exception failure)
        {
            Break(failure);
        }
    }

    private void Shut()
    {
        try
        {
            if (Fault is null)
                BatchTransaction.Run(_database, []);
            if (Fault is null && _database.LogPages > 0)
                Checkpoint();
        }
        catch (Exception failure)
        {
            Break(failure);
        }

        _database.Dispose();
        _stopped.SetResult();
    }

    private void Break(Exception failure)
    {
        Volatile.Write(ref _fault, $"The store can write no more: {failure.Message}. What was answered before is safe; free or repair the disk and restart");
        LogBroken(failure);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Critical, Message = "The store can write no more; every commit fails until the program is restarted")]
    private partial void LogBroken(Exception failure);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The database refused a commit")]
    private partial void LogRefused(Exception failure);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The log could not be copied into the data file yet; trying again with the next commits")]
    private partial void LogCheckpointLate(Exception failure);
}
