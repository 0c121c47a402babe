using System.Data.Common;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Digests;
using ChatOps.Core.Settings;
using ChatOps.Storage.LiteDb;
using ChatOps.Storage.LiteDb.Backups;
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

    /// <summary>Who makes backups, and when.</summary>
    public abstract string BackupWords { get; }

    public static StorageSettings Read(SettingsReader storage, Func<string, (ICron? Cron, string? Fault)> readCron, string contentRoot)
    {
        storage.Knows("Provider", "ConnectionString", "Backup");
        var backup = storage.Section("Backup");
        var named = storage.Text("Provider") ?? nameof(LiteDb);
        if (Providers.FirstOrDefault(provider => string.Equals(provider, named, StringComparison.OrdinalIgnoreCase)) is not { } chosen)
        {
            storage.Fault("Provider", $"\"{named}\" is not available in this version; {(NearestWord.To(named, Providers) is { } near ? $"did you mean {near}?" : $"there are {string.Join(" and ", Providers)}")}");
            // Whose connection string the other setting is nobody can know.
            return new LiteDb("", BackupSettings.Read(backup, readCron, contentRoot));
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

        return new LiteDb(file ?? "", BackupSettings.Read(backup, readCron, file ?? contentRoot));
    }

    /// <summary>The embedded store, for one process.</summary>
    /// <param name="File">The data file's full path.</param>
    /// <param name="Backup">When and where it is backed up.</param>
    public sealed record LiteDb(string File, BackupSettings Backup) : StorageSettings
    {
        public override string Words => $"{File}{(System.IO.File.Exists(File) ? "" : " (will be made)")}";

        public override string BackupWords => Backup.Timetable is { } backups
            ? $"{backups.Cron.Expression}, {backups.Zone.Id}, into {Backup.Folder}; the newest {Backup.Keep} are kept"
            : "none are made by themselves (Storage:Backup:Enabled)";
    }

    /// <summary>A PostgreSQL database, for one process or several replicas.</summary>
    public sealed record Postgres(PostgresConnection Connection) : StorageSettings
    {
        public override string Words => $"{Connection.Words}, user {Connection.User}";

        public override Func<DbDataSource>? Shared => Connection.Source;

        public override string BackupWords => "not made here, PostgreSQL has its own tools for that (pg_dump, archiving of its log)";
    }
}
