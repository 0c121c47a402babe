using System.Net.Sockets;
using Npgsql;

namespace ChatOps.Storage.Postgres;

/// <summary>Which database, and what the store needs of a connection to it. Not a record: what prints itself could print the password.</summary>
internal sealed class PostgresConnection
{
    public const string Example = "Host=db.example.org;Database=chatops;Username=chatops;Password=…";

    private const int PoolSize = 20;
    private const int ConnectSeconds = 5;
    private const int CommandSeconds = 15;
    private const int KeepAliveSeconds = 10;
    private const int PreparedStatements = 200;

    private readonly NpgsqlConnectionStringBuilder _text;

    private PostgresConnection(NpgsqlConnectionStringBuilder text) => _text = text;

    /// <summary>Stands where the settings are at fault.</summary>
    public static PostgresConnection Nowhere { get; } = new(new NpgsqlConnectionStringBuilder());

    /// <summary>The database in a sentence.</summary>
    public string Words => $"PostgreSQL at {_text.Host}{(_text.Host!.Contains(',', StringComparison.Ordinal) || _text.Host.Contains(':', StringComparison.Ordinal) || _text.Host.StartsWith('/') ? "" : $":{_text.Port}")}, database {Database}";

    public string User => _text.Username ?? "of the system";

    public string Database => _text.Database ?? _text.Username ?? "of the user's name";

    /// <summary>The connection that the setting describes, or a sentence that says what is wrong with it.</summary>
    public static (PostgresConnection? Connection, string? Problem) Read(string? text)
    {
        if (text is null)
        {
            return (null, $"it is missing; write {Example}");
        }

        NpgsqlConnectionStringBuilder read;
        try
        {
            read = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException or OverflowException or InvalidCastException)
        {
            // What exactly is not said: with a quotation mark missing it could be a piece of the password.
            return (null, $"it is not a connection string of Npgsql: a key is not known, a value is not of its kind, or a value with ; in it lacks its quotation marks; write {Example}");
        }

        if (string.IsNullOrEmpty(read.Host))
        {
            return (null, $"Host is missing; write {Example}");
        }

        if (string.IsNullOrEmpty(read.Database))
        {
            return (null, $"Database is missing; write {Example}");
        }

        return read.Multiplexing
            ? (null, "Multiplexing=true would share a connection between transactions; leave it out")
            : (new PostgresConnection(read), null);
    }

    /// <summary>Connections for the store's own work. What the connection string says itself about pool and timeouts stands.</summary>
    public NpgsqlDataSource Source()
    {
        var own = Own();
        Default(own, "Maximum Pool Size", PoolSize);
        Default(own, "Command Timeout", CommandSeconds);
        Default(own, "Max Auto Prepare", PreparedStatements);
        Default(own, "Auto Prepare Min Usages", 2);
        // Nothing is set on these connections but what the initializer sets, and that is to stay.
        own.NoResetOnClose = true;
        // Says which statement a failure belongs to: one before the COMMIT has certainly stored nothing.
        own.IncludeFailedBatchedCommand = true;
        return Build(own);
    }

    /// <summary>Connections that stay open for as long as they work, and are asked now and then whether they still do.</summary>
    public NpgsqlDataSource Standing()
    {
        var own = Own();
        own.Pooling = false;
        own.KeepAlive = KeepAliveSeconds;
        own.CommandTimeout = CommandSeconds;
        return Build(own);
    }

    /// <summary>What went wrong, as a sentence for an operator.</summary>
    public string Say(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } => $"{Words}, refuses the user {User}: the password is wrong",
        PostgresException { SqlState: PostgresErrorCodes.InvalidAuthorizationSpecification } refused => $"{Words}, refuses the user {User}: {refused.MessageText}",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => $"{Words}, cannot be used: there is no such database; make it with createdb {Database}",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied => $"{Words}, does not let the user {User} do what is needed: {denied.MessageText}",
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => $"{Words}, can only be read: give the address of the primary server",
        PostgresException { SqlState: ['5', '7', 'P', ..] } away => $"{Words}, cannot be reached: {away.MessageText}",
        PostgresException refused => $"{Words}, refused: {refused.MessageText} ({refused.SqlState})",
        _ => $"{Words}, cannot be reached: {Innermost(failure)}",
    };

    /// <summary>Whether trying again may help: the server restarts, a connection broke, two transactions were in each other's way.</summary>
    public static bool MayPass(Exception failure) => failure switch
    {
        PostgresException refused => refused.IsTransient || refused.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException broken => broken.IsTransient || broken.InnerException is null or IOException or SocketException or TimeoutException or ObjectDisposedException,
        _ => failure is IOException or SocketException or TimeoutException,
    };

    private static string Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner)
        {
            failure = inner;
        }

        return failure.Message;
    }

    private static void Default(NpgsqlConnectionStringBuilder text, string key, int value)
    {
        if (!text.ContainsKey(key))
        {
            text[key] = value;
        }
    }

    private static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder text)
    {
        var source = new NpgsqlDataSourceBuilder(text.ConnectionString);
        // An answer means that the commit is on the disk, whatever the server, the role or the connection string has as its default. What is stricter stays.
        // And a replica that is stopped in the middle of a transaction keeps nobody waiting for its locks for longer than a lease lasts: the server ends it.
        const string Durable = "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'; SELECT set_config('idle_in_transaction_session_timeout', '5s', false)";
        source.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(Durable, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand(Durable, connection);
                await command.ExecuteNonQueryAsync();
            });
        return source.Build();
    }

    private NpgsqlConnectionStringBuilder Own()
    {
        var own = new NpgsqlConnectionStringBuilder(_text.ConnectionString);
        Default(own, "Timeout", ConnectSeconds);
        own.ApplicationName ??= "ChatOps";
        own.Enlist = false;
        return own;
    }
}
