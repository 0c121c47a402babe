using ChatOps.Core.Digests;
using ChatOps.Core.Settings;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Storage.LiteDb.Backups;

/// <summary>The settings <c>Storage:Backup</c>: <c>Folder</c>, <c>Cron</c>, <c>TimeZone</c>, <c>Keep</c>, <c>Enabled</c>.</summary>
/// <param name="Folder">Where backups go that were given no name of their own; a full path.</param>
/// <param name="Timetable">When one is made, or null when none is made by itself.</param>
/// <param name="Keep">How many of the folder's are kept.</param>
internal sealed record BackupSettings(string Folder, DigestTimetable? Timetable, int Keep)
{
    private const string Nightly = "0 0 3 * * ?";

    /// <param name="backup">The section.</param>
    /// <param name="readCron">Reads a cron expression, or says what is wrong with it.</param>
    /// <param name="database">The data file: a relative folder starts beside it.</param>
    public static BackupSettings Read(SettingsReader backup, Func<string, (ICron? Cron, string? Fault)> readCron, string database)
    {
        backup.Knows("Folder", "Cron", "TimeZone", "Keep", "Enabled");
        var (cron, fault) = readCron(backup.Text("Cron") ?? Nightly);
        if (fault is not null)
        {
            backup.Fault("Cron", fault);
        }

        var name = backup.Text("TimeZone") ?? "UTC";
        var zone = WallClock.FindZone(name);
        if (zone is null)
        {
            backup.Fault("TimeZone", WallClock.UnknownZone(name).TrimEnd('.'));
        }

        return new(
            Path.GetFullPath(backup.Text("Folder") ?? "backups", Path.GetDirectoryName(database)!),
            backup.Flag("Enabled", true) && cron is not null ? new("Backup", cron, zone ?? DateTimeZone.Utc) : null,
            backup.Number("Keep", 7, 1, 10_000));
    }
}
