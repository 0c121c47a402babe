using ChatOps.Core.Storage;
using Npgsql;

namespace ChatOps.Storage.Postgres;

/// <summary>
/// The store in a PostgreSQL database, for any number of replicas. A commit is a transaction: it locks what it names, decides, and writes with the
/// COMMIT behind; it is answered when the server has it on the disk.
/// </summary>
internal sealed class PostgresStore : IStore, IAsyncDisposable
{
    private readonly KnownCollections _collections;
    private readonly Preparation _preparation;
    private readonly Dictionary<string, Table> _tables;
    private readonly Committing _committing;
    private readonly Numbers _numbers;

    private PostgresStore(Database database, KnownCollections collections, Dictionary<string, Table> tables, long layout)
    {
        (Database, _collections, _tables) = (database, collections, tables);
        _preparation = new Preparation(collections);
        _committing = new Committing(database, tables, layout);
        _numbers = new Numbers(database);
    }

    public Database Database { get; }

    public KnownCollections Collections => _collections;

    public IReadOnlyDictionary<string, Table> Tables => _tables;

    /// <summary>Connects and makes what is missing, or waits while another replica does. Throws <see cref="StoreException"/> when that cannot be.</summary>
    /// <param name="connection">Which database.</param>
    /// <param name="collections">Every collection of the program.</param>
    /// <param name="time">Says how long is tried again.</param>
    /// <param name="logger">Told what an operator has to know.</param>
    public static PostgresStore Open(PostgresConnection connection, IEnumerable<Collection> collections, TimeProvider time, ILogger logger)
    {
        var known = new KnownCollections(collections, Schema.Reserved);
        var tables = known.All.ToDictionary(collection => collection.Name, collection => new Table(collection));
        var database = new Database(connection, time, logger);
        try
        {
            var layout = Schema.Prepare(database, tables.Values, new Preparation(known), logger);
            return new PostgresStore(database, known, tables, layout);
        }
        catch (Exception failure)
        {
            // Nothing runs on it yet.
            database.DisposeAsync().AsTask().GetAwaiter().GetResult();
            if (failure is StoreException)
            {
                throw;
            }

            throw database.Failed(failure);
        }
    }

    public async ValueTask<T?> Find<T>(string id, CancellationToken cancel = default)
        where T : Document, IStored<T>
    {
        var table = _tables[_collections.Known(T.Collection).Name];
        return (await Read<T>(table, command =>
        {
            command.CommandText = table.Find;
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Escape.Text(id) });
        }, cancel)).SingleOrDefault();
    }

    public async ValueTask<IReadOnlyList<T>> List<T>(
        Index<T> index, Keys keys, int limit = int.MaxValue, bool descending = false, CancellationToken cancel = default)
        where T : Document, IStored<T>
    {
        var (collection, known) = _collections.Place(index);
        var table = _tables[collection.Name];
        return limit <= 0 ? [] : await Read<T>(table, command => Range.List(command, table, known, keys, limit, descending), cancel);
    }

    public async ValueTask<long> Count<T>(Index<T> index, Keys keys, CancellationToken cancel = default)
        where T : Document, IStored<T>
    {
        var (collection, known) = _collections.Place(index);
        return await Database.Do(async (connection, stop) =>
        {
            await using var command = connection.CreateCommand();
            Range.Count(command, _tables[collection.Name], known, keys);
            return (long)(await command.ExecuteScalarAsync(stop))!;
        }, cancel);
    }

    public Task<CommitOutcome> Commit(Commit commit, CancellationToken cancel = default) =>
        _committing.Run([.. commit.Writes.Select(_preparation.Prepare)], cancel);

    public async ValueTask<long> NextNumber(string series, CancellationToken cancel = default)
    {
        _preparation.CheckKey(series, "The name of a series of numbers");
        return await _numbers.Next(series, cancel);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private Task<List<T>> Read<T>(Table table, Action<NpgsqlCommand> ask, CancellationToken cancel)
        where T : Document => Database.Do(async (connection, stop) =>
        {
            await using var command = connection.CreateCommand();
            ask(command);
            await using var reader = await command.ExecuteReaderAsync(stop);
            var found = new List<T>();
            while (await reader.ReadAsync(stop))
            {
                found.Add(KnownCollections.Revive<T>(table.Collection, reader.GetString(0), Escape.JsonBack(reader.GetString(2)), reader.GetInt64(1)));
            }

            return found;
        }, cancel);
}
