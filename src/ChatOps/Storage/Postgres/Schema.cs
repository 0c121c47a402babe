using ChatOps.Core.Storage;
using Npgsql;

namespace ChatOps.Storage.Postgres;

/// <summary>
/// Makes what is missing when a store is opened, in one transaction under a lock: replicas that start together wait for one another. It all lies in a schema
/// of its own, so that other tables may be in the same database.
/// </summary>
internal static partial class Schema
{
    // Any number that nobody else takes for a lock in this database: "chatops" in ASCII.
    private const long Lock = 0x63_68_61_74_6f_70_73;

    /// <summary>Names that no collection can have.</summary>
    public static string[] Reserved { get; } = ["counters", "layout", "migrations"];

    /// <returns>The number of the layout: it grows with each change of the collections' tables.</returns>
    public static long Prepare(Database database, IReadOnlyCollection<Table> tables, Preparation preparation, ILogger logger)
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction();
        Run(connection, $"SELECT pg_advisory_xact_lock({Lock})");
        CheckServer(connection, database, logger);
        Migrate(connection, database);
        if (Collections.Prepare(connection, tables, preparation))
        {
            Run(connection, "UPDATE chatops.layout SET number = number + 1");
        }

        var layout = Value<long>(connection, "SELECT number FROM chatops.layout");
        transaction.Commit();
        return layout;
    }

    /// <summary>Takes as long as it takes: it may wait for another replica, or for a large table.</summary>
    public static void Run(NpgsqlConnection connection, string statement, params NpgsqlParameter[] parameters)
    {
        using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        command.ExecuteNonQuery();
    }

    private static T Value<T>(NpgsqlConnection connection, string question)
    {
        using var command = new NpgsqlCommand(question, connection);
        return (T)command.ExecuteScalar()!;
    }

    private static void CheckServer(NpgsqlConnection connection, Database database, ILogger logger)
    {
        var encoding = Value<string>(connection, "SELECT current_setting('server_encoding')");
        if (encoding != "UTF8")
        {
            throw new StoreException($"{database.Connection.Words}, has the encoding {encoding}, which cannot hold every character; make the database with createdb --encoding=UTF8 --template=template0");
        }

        if (Value<string>(connection, "SELECT current_setting('fsync')") != "on")
        {
            LogFsync(logger, database.Connection.Words);
        }
    }

    private static void Migrate(NpgsqlConnection connection, Database database)
    {
        // CREATE SCHEMA IF NOT EXISTS would ask for the right to make one even where it exists.
        if (!Value<bool>(connection, $"SELECT to_regnamespace('{Table.Schema}') IS NOT NULL"))
        {
            Run(connection, $"CREATE SCHEMA {Table.Schema}");
        }

        var applied = Value<bool>(connection, "SELECT to_regclass('chatops.migrations') IS NOT NULL") ? Value<int>(connection, "SELECT coalesce(max(number), 0) FROM chatops.migrations") : 0;
        var known = Migration.All[^1].Number;
        if (applied > known)
        {
            throw new StoreException($"{database.Connection.Words}, was written by a newer version of this program (schema {applied}, this one knows {known})");
        }

        foreach (var migration in Migration.All.Where(migration => migration.Number > applied))
        {
            Run(connection, migration.Statements);
            Run(connection, "INSERT INTO chatops.migrations (number, name) VALUES ($1, $2)", new NpgsqlParameter<int> { TypedValue = migration.Number }, new NpgsqlParameter<string> { TypedValue = migration.Name });
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Database}, runs with fsync off: what is stored does not survive a power cut")]
    private static partial void LogFsync(ILogger logger, string database);
}
