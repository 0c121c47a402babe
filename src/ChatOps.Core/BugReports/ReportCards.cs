using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;

namespace ChatOps.Core.BugReports;

internal sealed class ReportCards(BugReportService reports, SwarmTable swarms, BugReportSettings settings) : ICardSource
{
    public string Kind => BugReport.CardKind;

    public async Task<Drawing?> Draw(string id, CancellationToken cancel) =>
        await reports.Find(id, cancel) is { ValidatedAt: not null, Quiet: false } report ? new Drawing(await Of(report, cancel), report.Id, report.Channel) : null;

    /// <summary>The card of any report, also of one that stands in no channel.</summary>
    public async Task<Card> Of(BugReport report, CancellationToken cancel) =>
        ReportCard.Draw(report, await swarms.Of(report, cancel), settings, reports.HasInbox(report));
}
