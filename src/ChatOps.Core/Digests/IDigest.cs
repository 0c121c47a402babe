using ChatOps.Core.Chat;
using NodaTime;

namespace ChatOps.Core.Digests;

/// <summary>A summary that comes at its time: facts in, card out. It is asked once a time, and what it says is stored before it is shown.</summary>
public interface IDigest
{
    /// <summary>As in the setting <c>Digests:{Name}:Cron</c>.</summary>
    string Name { get; }

    /// <summary>Where it is posted; null: where digests usually are.</summary>
    string? Channel => null;

    /// <summary>The line that it says when there is nothing to say and the settings want to hear that.</summary>
    string Nothing { get; }

    /// <summary>The card, or null when there is nothing to say.</summary>
    Task<Card?> Make(DigestSpan span, CancellationToken cancel);
}

/// <summary>What a digest looks back on: from the time before to this one, and the span before that to compare with.</summary>
/// <param name="Before">Where the span before begins.</param>
/// <param name="From">Included.</param>
/// <param name="To">Excluded: when the digest was due, even where it comes late.</param>
/// <param name="Zone">The digest's: nights and hours are counted in it.</param>
public sealed record DigestSpan(Instant Before, Instant From, Instant To, DateTimeZone Zone);
