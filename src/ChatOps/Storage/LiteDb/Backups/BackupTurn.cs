using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Storage.LiteDb.Backups;

/// <summary>When the next backup is due. It stands in the store so that a time that passes while the program is not running is noticed.</summary>
/// <param name="DueAt">When; null when none comes any more.</param>
/// <param name="Timetable">The timetable that says so.</param>
/// <param name="Failed">The last one could not be made, and an alert says so.</param>
internal sealed record BackupTurn(Instant? DueAt, string Timetable, bool Failed) : Document(TheOne), IStored<BackupTurn>, IDue
{
    public const string TheOne = "turn";

    public static Collection<BackupTurn> Collection { get; } = new("backups");
}
