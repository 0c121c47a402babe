using ChatOps.Core.Chat;
using ChatOps.Core.Oncall;

namespace ChatOps.Core.BugReports;

/// <summary>Reports whose clock runs, for whoever takes over.</summary>
internal sealed class ReportHandover(BugReportService reports, BugReportSettings settings) : IHandoverSection
{
    private const int Most = 10;

    public int Order => 25;

    public async Task<HandoverPart?> Gather(HandoverMoment moment, CancellationToken cancel) =>
        moment.Rotation == settings.Rotation && await reports.Waiting(Most, cancel) is { Count: > 0 } waiting
            ? new HandoverPart("Bug reports", Markup.Lines(waiting.Select(report => ReportCard.Line(report, moment.At))))
            : null;
}
