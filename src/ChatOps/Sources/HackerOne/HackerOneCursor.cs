using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Sources.HackerOne;

/// <summary>How far HackerOne has been asked. It is stored behind what was stored of it, so that a crash in between asks again, which does no harm.</summary>
/// <param name="Id">The programme's handle.</param>
/// <param name="After">HackerOne's own time of the last activity, as it writes it.</param>
/// <param name="SweptAt">When the reports themselves were last gone through.</param>
internal sealed record HackerOneCursor(string Id, string After, Instant SweptAt) : Document(Id), IStored<HackerOneCursor>
{
    public static Collection<HackerOneCursor> Collection { get; } = new("hackerone_cursors");
}
