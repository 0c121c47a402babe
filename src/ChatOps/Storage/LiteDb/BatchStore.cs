using LiteDB;

namespace ChatOps.Storage.LiteDb;

/// <summary>What the writer's thread does with a batch: stores it, finds the commit at fault when LiteDB refuses, and stops for good when the disk fails.</summary>
internal sealed partial class BatchStore(Database database, ILogger logger)
{
    private readonly ILogger _logger = logger;
    private string? _fault;

    public Database Database { get; } = database;

    /// <summary>Why nothing can be stored any more, or null. It stays until the program is restarted.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    /// <summary>Answers every commit of the batch.</summary>
    public void Store(List<PreparedCommit> batch)
    {
        StoreTogether(batch);
        if (Fault is null && Database.LogIsLong)
        {
            Checkpoint();
        }
    }

    /// <summary>Leaves the last numbers stored and the log empty, if that can still be.</summary>
    public void Close()
    {
        StoreTogether([]);
        if (Fault is null && Database.LogHasPages)
        {
            Checkpoint();
        }

        try
        {
            Database.Dispose();
        }
        catch (Exception failure)
        {
            Break(failure);
        }
    }

    private void StoreTogether(List<PreparedCommit> batch)
    {
        // What goes into a file that has lost its name is gone with the process.
        if ((Fault ?? Database.Trouble) is { } fault)
        {
            batch.ForEach(commit => commit.Fail(fault));
            return;
        }

        try
        {
            BatchTransaction.Run(Database, batch);
        }
        catch (BatchTransaction.NotDurableException failure)
        {
            Break(failure.InnerException!);
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
            Database.ThrowIfBroken();
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
        {
            StoreTogether([commit]);
        }
    }

    private void Checkpoint()
    {
        try
        {
            Database.Checkpoint();
        }
        catch (LiteException busy) when (busy.ErrorCode == LiteException.LOCK_TIMEOUT)
        {
            // A read held LiteDB's lock for a minute. The log is only longer; the next batch tries again.
            LogCheckpointLate(busy);
        }
        catch (Exception failure)
        {
            Break(failure);
        }
    }

    private void Break(Exception failure)
    {
        Volatile.Write(ref _fault, $"The store can write no more: {failure.Message}. What was answered before is safe; see to the disk and restart");
        Database.Unsynced.Fail(_fault!);
        LogBroken(failure);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Critical, Message = "The store can write no more; every commit fails until the program is restarted")]
    private partial void LogBroken(Exception failure);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The database refused a commit")]
    private partial void LogRefused(Exception failure);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The log could not be copied into the data file yet; trying again with the next commits")]
    private partial void LogCheckpointLate(Exception failure);
}
