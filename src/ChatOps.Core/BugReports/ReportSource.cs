using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>When we began to hear of a source's reports. What was late by then is nobody's fault tonight, by whichever way and however much later it is first heard of.</summary>
/// <param name="Id">The source's name, lower case.</param>
/// <param name="BeganAt">When.</param>
public sealed record ReportSource(string Id, Instant BeganAt) : Document(Id), IStored<ReportSource>
{
    public static Collection<ReportSource> Collection { get; } = new("report_sources");
}
