using System.Data.Common;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Settings;
using ChatOps.Storage.LiteDb;
using ChatOps.Storage.Postgres;

namespace ChatOps.Storage;

/// <summary>The settings <c>Storage</c>: which store, and where it is.</summary>
internal abstract record StorageSettings
{
    private static readonly string[] Providers = [nameof(LiteDb), nameof(Postgres)];

    private StorageSettings()
    {
    }

    /// <summary>The store in words, for an operator; never a password.</summary>
    public abstract string Words { get; }

    /// <summary>Connects to the database that replicas share, or null where one process has the store for itself.</summary>
    public virtual Func<DbDataSource>? Shared => null;

    public static StorageSettings Read(SettingsReader storage, string contentRoot)
    {
        storage.Knows("Provider", "ConnectionString");
        var named = storage.Text("Provider") ?? nameof(LiteDb);
        if (Providers.FirstOrDefault(provider => string.Equals(provider, named, StringComparison.OrdinalIgnoreCase)) is not { } chosen)
        {
            storage.Fault("Provider", $"\"{named}\" is not available in this version; {(NearestWord.To(named, Providers) is { } near ? $"did you mean {near}?" : $"there are {string.Join(" and ", Providers)}")}");
            // Whose connection string the other setting is nobody can know.
            return new LiteDb("");
        }

        var text = storage.Text("ConnectionString");
        if (chosen == nameof(Postgres))
        {
            var (connection, problem) = PostgresConnection.Read(text);
            if (problem is not null)
            {
                storage.Fault("ConnectionString", problem);
            }

            return new Postgres(connection ?? PostgresConnection.Nowhere);
        }

        var (file, fault) = ConnectionString.Read(text ?? "Filename=data/chatops.db", contentRoot);
        if (fault is not null)
        {
            storage.Fault("ConnectionString", fault);
        }

        return new LiteDb(file ?? "");
    }

    /// <summary>The embedded store, for one process.</summary>
    /// <param name="File">The data file's full path.</param>
    public sealed record LiteDb(string File) : StorageSettings
    {
        public override string Words => $"{File}{(System.IO.File.Exists(File) ? "" : " (will be made)")}";
    }

    /// <summary>A PostgreSQL database, for one process or several replicas.</summary>
    public sealed record Postgres(PostgresConnection Connection) : StorageSettings
    {
        public override string Words => $"{Connection.Words}, user {Connection.User}";

        public override Func<DbDataSource>? Shared => Connection.Source;
    }
}
