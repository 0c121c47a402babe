using ChatOps.Core.Chat;
using ChatOps.Core.Oncall;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>Reports whose clock runs, for whoever takes over. Where reports have a channel of their own, others learn no more than their ids.</summary>
internal sealed class ReportHandover(BugReportService reports, BugReportSettings settings, OncallSettings oncall) : IHandoverSection
{
    private const int Most = 10;

    public int Order => 25;

    public async Task<HandoverPart?> Gather(HandoverMoment moment, CancellationToken cancel) =>
        moment.Rotation == settings.Rotation && await reports.Waiting(Most, cancel) is { Count: > 0 } waiting
            ? new HandoverPart("Bug reports", Markup.Lines(waiting.Select(report => Line(report, moment.At))))
            : null;

    private Markup Line(BugReport report, Instant now) => settings.Channel == oncall.Channel
        ? ReportCard.Line(report, now)
        : Markup.Of($"**{report.Id}** {ReportCard.Standing(report, now)}{(report.Taken is { } taken ? Markup.Of($" · {Markup.Mention(taken.By)} has it") : Markup.Empty)}");
}
