using ChatOps.Core.BugReports;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Settings;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Digests;

/// <summary>The settings <c>Digests:{Name}</c>: <c>Cron</c>, <c>TimeZone</c>, <c>Enabled</c>, <c>WhenEmpty</c>.</summary>
/// <param name="Timetables">Of those that are on.</param>
/// <param name="Channel">Where they are posted.</param>
public sealed record DigestSettings(IReadOnlyList<DigestTimetable> Timetables, string Channel)
{
    /// <summary>All digests with the times at which they come unless the settings say otherwise.</summary>
    public static IReadOnlyList<DigestDefault> Known { get; } = [OnCallWeekDigest.Default, ContractsDigest.Default, BugReportsDigest.Default];

    /// <param name="digests">The section.</param>
    /// <param name="readCron">Reads a cron expression, or says what is wrong with it.</param>
    /// <param name="onCallChannel">Where they are posted.</param>
    public static DigestSettings Read(SettingsReader digests, Func<string, (ICron? Cron, string? Fault)> readCron, string onCallChannel)
    {
        digests.Knows([.. Known.Select(known => known.Name)]);
        return new([.. Known.Select(known => ReadOne(digests.Section(known.Name), known, readCron)).OfType<DigestTimetable>()], onCallChannel);
    }

    private static DigestTimetable? ReadOne(SettingsReader digest, DigestDefault known, Func<string, (ICron? Cron, string? Fault)> readCron)
    {
        digest.Knows("Cron", "TimeZone", "Enabled", "WhenEmpty");
        var (cron, fault) = readCron(digest.Text("Cron") ?? known.Cron);
        if (fault is not null)
        {
            digest.Fault("Cron", fault);
        }

        var name = digest.Text("TimeZone") ?? "UTC";
        var zone = WallClock.FindZone(name);
        if (zone is null)
        {
            digest.Fault("TimeZone", WallClock.UnknownZone(name).TrimEnd('.'));
        }

        var empty = digest.Text("WhenEmpty")?.ToLowerInvariant() ?? "silence";
        if (empty is not ("silence" or "line"))
        {
            digest.Fault("WhenEmpty", $"\"{empty}\" is neither silence nor line");
        }

        return digest.Flag("Enabled", true) && cron is not null ? new(known.Name, cron, zone ?? DateTimeZone.Utc) { SaysNothing = empty == "line" } : null;
    }
}

/// <param name="Name">As the settings name it.</param>
/// <param name="Cron">Seconds, minutes, hours, day of the month, month, day of the week.</param>
public sealed record DigestDefault(string Name, string Cron);
