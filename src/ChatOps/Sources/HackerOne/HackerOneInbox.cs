using System.Text.Json;
using ChatOps.Core.BugReports;
using NodaTime;

namespace ChatOps.Sources.HackerOne;

/// <summary>What the bot reads and writes at HackerOne.</summary>
internal sealed class HackerOneInbox(HackerOneTransport transport, HackerOneSettings settings) : IReportInbox
{
    private const int PageSize = 100;
    private const int MostPages = 500;

    public string Source => HackerOneSource.SourceName;

    public async Task<InboxReport?> Look(string externalId, CancellationToken cancel)
    {
        if (await Report(externalId, cancel) is not { } report || HackerOneReading.Report(report, null, null).News is not { } news)
        {
            return null;
        }

        return new InboxReport(news.Facts.State, news.Facts.IssueReference, news.Facts.UpdatedAt, news.Activities);
    }

    public Task Comment(string externalId, string message, bool isInternal, CancellationToken cancel) =>
        Write($"reports/{externalId}/activities", "activity-comment", new { message, @internal = isInternal }, cancel);

    public async Task<Instant?> ChangeState(string externalId, ReportState state, string message, CancellationToken cancel) =>
        (await Write($"reports/{externalId}/state_changes", "state-change", new { message, state = HackerOneReading.Word(state) }, cancel)).At("data", "attributes") is { } attributes ? HackerOneReading.Latest(attributes) : null;

    public Task WriteReference(string externalId, string reference, CancellationToken cancel) =>
        Write($"reports/{externalId}/issue_tracker_reference_id", "issue-tracker-reference-id", new { reference }, cancel);

    /// <summary>The whole report; null where it is unknown or not ours.</summary>
    public async Task<JsonElement?> Report(string id, CancellationToken cancel) =>
        (await transport.Send(HackerOneCall.Report, HttpMethod.Get, $"reports/{Uri.EscapeDataString(id)}", null, cancel))?.At("data");

    /// <summary>Every report of the programme that fits, page by page. A list that names a page twice or does not end is a fault of HackerOne's: what stood on its pages was given by then.</summary>
    /// <param name="filter">As in <c>filter[state][]=new</c>.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public async IAsyncEnumerable<JsonElement> Reports(string filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var path = $"reports?filter[program][]={Uri.EscapeDataString(settings.Program!)}&{filter}&sort=reports.last_activity_at&page[size]={PageSize}";
        var seen = new HashSet<string>();
        while (true)
        {
            if (seen.Count == MostPages || !seen.Add(path))
            {
                throw new ReportInboxException("HackerOne's list of reports goes round or has no end.", null, isFinal: false, null);
            }

            var page = await transport.Send(HackerOneCall.Report, HttpMethod.Get, path, null, cancel)
                ?? throw new ReportInboxException($"HackerOne does not let the token read the reports of {settings.Program}.", null, isFinal: false, null);
            foreach (var report in page.At("data").Entries())
            {
                yield return report;
            }

            if (page.At("links", "next").Text(4000) is not { } next || !Uri.TryCreate(next, UriKind.RelativeOrAbsolute, out var link))
            {
                yield break;
            }

            // Only the question is taken from it: the token goes nowhere else.
            path = "reports" + new Uri(settings.ApiBaseUrl, link).Query;
        }
    }

    /// <summary>What happened after a moment, the oldest first, and where the next question begins.</summary>
    public async Task<(IReadOnlyList<JsonElement> Activities, string? Cursor)> Activities(string after, CancellationToken cancel)
    {
        var page = await transport.Send(
            HackerOneCall.Read, HttpMethod.Get, $"incremental/activities?handle={Uri.EscapeDataString(settings.Program!)}&first={PageSize}&updated_at_after={Uri.EscapeDataString(after)}", null, cancel)
            ?? throw new ReportInboxException($"HackerOne does not let the token read what happens in {settings.Program}.", null, isFinal: false, null);
        return ([.. page.At("data").Entries()], page.At("meta", "max_updated_at").Line());
    }

    private async Task<JsonElement> Write(string path, string type, object attributes, CancellationToken cancel) =>
        await transport.Send(HackerOneCall.Write, HttpMethod.Post, path, new { data = new { type, attributes } }, cancel)
            ?? throw new ReportInboxException("HackerOne does not know the report, or the token may not write to it (403).", null, isFinal: true, null);
}
