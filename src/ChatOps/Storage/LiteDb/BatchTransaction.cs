using ChatOps.Core.Storage;

namespace ChatOps.Storage.LiteDb;

/// <summary>One LiteDB transaction for a batch of commits, answered when it is on the disk.</summary>
internal static class BatchTransaction
{
    /// <summary>Throws when LiteDB refuses something, with nothing stored and nobody answered; <see cref="NotDurableException"/> when the disk fails.</summary>
    public static void Run(Database database, List<PreparedCommit> batch)
    {
        var outcomes = new CommitOutcome[batch.Count];
        IReadOnlyList<string> counters = [];
        var engine = database.Engine;
        engine.BeginTrans();
        try
        {
            var wrote = false;
            for (var i = 0; i < batch.Count; i++)
            {
                (outcomes[i], var changed) = CommitRules.Apply(engine, batch[i]);
                wrote |= changed;
            }

            // Last, so that every number a commit of this batch can know is covered.
            if (wrote || batch.Count == 0)
            {
                counters = database.Counters.Save(engine);
            }

            if (!wrote && counters.Count == 0)
            {
                engine.Rollback();
                Answer(batch, outcomes);
                return;
            }
        }
        catch
        {
            database.Counters.Unsaved(counters);
            // LiteDB has rolled back what failed inside it, and then says so with false.
            engine.Rollback();
            throw;
        }

        database.Unsynced.Begin(batch.Where((_, i) => outcomes[i] == CommitOutcome.Stored));
        try
        {
            if (!engine.Commit())
            {
                throw new InvalidOperationException("LiteDB lost the transaction of the batch");
            }

            database.Sync();
        }
        catch (Exception failure)
        {
            throw new NotDurableException(failure);
        }

        database.Unsynced.End();
        Answer(batch, outcomes);
    }

    private static void Answer(List<PreparedCommit> batch, CommitOutcome[] outcomes)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].Succeed(outcomes[i]);
        }
    }

    /// <summary>The batch may or may not be on the disk: nobody can be told either, and nothing may be built on it.</summary>
    internal sealed class NotDurableException(Exception reason) : Exception("The commit could not be written to the disk: " + reason.Message, reason);
}
