using ChatOps.Core.Storage;
using Npgsql;

namespace ChatOps.Storage.Postgres;

/// <summary>
/// A commit in two steps, each one trip to the server. The first locks what the commit names, in one order everywhere, and reads the versions; then it
/// is decided, by the same rules as in LiteDB. The second writes and ends with COMMIT. Until that is sent nothing is stored, and everything can be done again.
/// </summary>
internal sealed class Committing(Database database, IReadOnlyDictionary<string, Table> tables, long layout)
{
    /// <exception cref="StoreException">It could not be stored, or nobody can tell whether it was: the message says which.</exception>
    public async Task<CommitOutcome> Run(IReadOnlyList<PreparedWrite> writes, CancellationToken cancel)
    {
        if (writes.Count == 0)
        {
            return CommitOutcome.Stored;
        }

        while (true)
        {
            // Once it is sent, cancelling only stops waiting.
            if (await database.Do((connection, stop) => Attempt(connection, writes, stop), cancel).WaitAsync(cancel) is { } outcome)
            {
                return outcome;
            }
        }
    }

    /// <returns>Null: another commit made the same document meanwhile; it is there to be seen now.</returns>
    private async Task<CommitOutcome?> Attempt(NpgsqlConnection connection, IReadOnlyList<PreparedWrite> writes, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var decision = new Decision(await Versions(connection, writes, cancel));
        if (!writes.All(decision.Take))
        {
            return CommitOutcome.Conflict;
        }

        if (decision.IsEmpty)
        {
            return CommitOutcome.Stored;
        }

        await using var batch = Statements.Of(decision, tables);
        batch.Connection = connection;
        var commit = batch.BatchCommands[^1];
        try
        {
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
            return CommitOutcome.Stored;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation && !ReferenceEquals(taken.BatchCommand, commit))
        {
            return taken.ConstraintName?.EndsWith("_pkey", StringComparison.Ordinal) == true ? null : CommitOutcome.Conflict;
        }
        catch (PostgresException refused) when (refused.BatchCommand is { } failed && !ReferenceEquals(failed, commit))
        {
            // Before the COMMIT: nothing is stored, and it may be done again.
            throw;
        }
        catch (Exception lost)
        {
            database.Forget(lost);
            throw new StoreException($"{database.Connection.Say(lost)}; it happened while a commit was under way: it may or may not be stored", lost);
        }
    }

    private async Task<Dictionary<Place, long>> Versions(NpgsqlConnection connection, IReadOnlyList<PreparedWrite> writes, CancellationToken cancel)
    {
        var named = writes.GroupBy(write => write.Collection.Name).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        await using var batch = new NpgsqlBatch(connection);
        var asked = new List<Collection>();
        foreach (var group in named)
        {
            var documents = group.ToLookup(write => write.Id, write => write.Kind);
            foreach (var only in new[] { false, true })
            {
                string[] ids = [.. documents.Where(kinds => kinds.All(kind => kind == WriteKind.Expected) == only).Select(kinds => Escape.Text(kinds.Key))];
                if (ids.Length > 0)
                {
                    var table = tables[group.Key];
                    batch.BatchCommands.Add(new(only ? table.Hold : table.Lock) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = ids } } });
                    asked.Add(table.Collection);
                }
            }
        }

        // Last: the tables are locked against a replica that changes them by now, so that what is read here holds until the end.
        batch.BatchCommands.Add(new("SELECT number FROM chatops.layout"));
        var versions = new Dictionary<Place, long>();
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var collection in asked)
        {
            while (await reader.ReadAsync(cancel))
            {
                versions[new Place(collection, Escape.Back(reader.GetString(0)))] = reader.GetInt64(1);
            }

            await reader.NextResultAsync(cancel);
        }

        await reader.ReadAsync(cancel);
        return reader.GetInt64(0) == layout
            ? versions
            : throw new StoreException($"{database.Connection.Words}, was changed by another version of this program that was started meanwhile; restart this one with the same version");
    }
}

/// <summary>Where a document is.</summary>
internal readonly record struct Place(Collection Collection, string Id);
