using ChatOps.Core.Decisions;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Digests;

/// <summary>When a digest is due next. It stands in the store so that a time that passes while the program is not running is noticed.</summary>
/// <param name="Id">The digest's name.</param>
/// <param name="DueAt">When; null when it never comes again.</param>
/// <param name="Timetable">The timetable that says so.</param>
public sealed record DigestTurn(string Id, Instant? DueAt, string Timetable) : Document(Id), IStored<DigestTurn>, IDue
{
    public static Collection<DigestTurn> Collection { get; } = new("digests");
}
