using ChatOps.Core.Storage;
using Npgsql;

namespace ChatOps.Storage.Postgres;

/// <summary>The connections to the database, and what is done when one breaks.</summary>
internal sealed partial class Database(PostgresConnection connection, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    // A restart of the server takes a second or two; a webhook's sender or a person waits that long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly NpgsqlDataSource _source = connection.Source();
    private readonly ILogger _logger = logger;
    private volatile bool _closed;

    public PostgresConnection Connection { get; } = connection;

    /// <summary>A connection for work of its own, opened now.</summary>
    public async Task<NpgsqlConnection> Open(CancellationToken cancel)
    {
        ThrowIfClosed();
        return await _source.OpenConnectionAsync(cancel);
    }

    public NpgsqlConnection Open()
    {
        ThrowIfClosed();
        return _source.OpenConnection();
    }

    /// <summary>
    /// Does work that has stored nothing when it throws an exception of the database: reads, and commits up to their COMMIT. It is done again, on a fresh
    /// connection, while the server restarts or two transactions are in each other's way.
    /// </summary>
    /// <exception cref="StoreException">It could not be done.</exception>
    public async Task<T> Do<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await using var open = await Open(cancel);
                return await work(open, cancel);
            }
            catch (Exception failure) when (IsOfTheDatabase(failure, cancel))
            {
                ThrowIfClosed();
                if (!PostgresConnection.MayPass(failure) || time.GetElapsedTime(began) > Patience)
                {
                    throw Failed(failure);
                }

                LogAgain(failure.Message, Connection.Words);
                Forget(failure);
            }

            await Task.Delay(pause, time, cancel);
        }
    }

    /// <summary>Whether the database answers now, without patience: null, or what is wrong.</summary>
    public async Task<StoreException?> Ask(CancellationToken cancel)
    {
        // Twice: the first connection may be one from before a restart.
        return await Attempt() is null ? null : await Attempt();

        async Task<StoreException?> Attempt()
        {
            try
            {
                await using var open = await Open(cancel);
                await using var command = new NpgsqlCommand("SELECT 1", open);
                await command.ExecuteScalarAsync(cancel);
                return null;
            }
            catch (StoreException closed)
            {
                return closed;
            }
            catch (Exception failure) when (IsOfTheDatabase(failure, cancel))
            {
                Forget(failure);
                return Failed(failure);
            }
        }
    }

    /// <summary>When one connection broke, the others in the pool most likely did too: the next ones are new.</summary>
    public void Forget(Exception failure)
    {
        if (failure is not PostgresException { SqlState: var state } || state.StartsWith("57P", StringComparison.Ordinal))
        {
            _source.Clear();
        }
    }

    public StoreException Failed(Exception failure) => new(Connection.Say(failure), failure);

    public async ValueTask DisposeAsync()
    {
        _closed = true;
        await _source.DisposeAsync();
    }

    /// <summary>Npgsql says with several exceptions that a connection is gone.</summary>
    private static bool IsOfTheDatabase(Exception failure, CancellationToken cancel) =>
        failure is NpgsqlException or IOException or TimeoutException or ObjectDisposedException
        || (failure is OperationCanceledException && !cancel.IsCancellationRequested);

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new StoreException("The store is closed");
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "Trying again ({Failure}) with {Database}")]
    private partial void LogAgain(string failure, string database);
}
