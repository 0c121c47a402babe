using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>A report as a platform tells of it, with what has just happened to it, if it says so.</summary>
/// <param name="Source">The source's name, lower case.</param>
/// <param name="ExternalId">The platform's id of the report.</param>
/// <param name="Facts">All that it says of the report.</param>
public sealed record ReportNews(string Source, string ExternalId, ReportFacts Facts)
{
    /// <summary>What people call the source: HackerOne.</summary>
    public required string SourceTitle { get; init; }

    public IReadOnlyList<ReportActivity> Activities { get; init; } = [];
}

/// <summary>Something that somebody did with a report on its platform.</summary>
/// <param name="Id">The platform's, with the kind: the same by whichever way it comes.</param>
/// <param name="By">Who, as the platform names them; null where it does not say.</param>
/// <param name="At">When.</param>
public sealed record ReportActivity(string Id, string? By, Instant? At)
{
    /// <summary>The words of a comment; null: it is something else, and shows in the report itself.</summary>
    public string? Comment { get; init; }

    /// <summary>The words that went with a change of the report's state.</summary>
    public string? Message { get; init; }

    /// <summary>It opened a report again that was closed.</summary>
    public bool Reopens { get; init; }

    /// <summary>The outside researcher does not see it.</summary>
    public bool Internal { get; init; }
}

/// <summary>What a body said.</summary>
/// <param name="News">What could be read; none where it is about something else than reports.</param>
/// <param name="Faults">A sentence for each thing that could not.</param>
public sealed record ReportReading(IReadOnlyList<ReportNews> News, IReadOnlyList<string> Faults)
{
    public static ReportReading Unreadable(string why) => new([], [why]);
}

/// <summary>A bug-bounty platform that posts to <c>/hooks/{name}</c>. Reading is pure: the same body always says the same.</summary>
public interface IReportSource
{
    /// <summary>The last part of its path, lower case.</summary>
    string Name { get; }

    /// <summary>What people call it, as in <c>Sources:HackerOne:Secret</c>.</summary>
    string Title { get; }

    /// <summary>The header that carries a delivery's own id, the same when it is sent again; null where it has none.</summary>
    string? DeliveryHeader { get; }

    /// <summary>Reads a body of at most 8 MB. Never throws for what a body may hold.</summary>
    ReportReading Read(ReadOnlyMemory<byte> body);
}
