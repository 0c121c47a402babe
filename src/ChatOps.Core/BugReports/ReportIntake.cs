using ChatOps.Core.Decisions;
using ChatOps.Core.Oncall;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace ChatOps.Core.BugReports;

/// <summary>Takes what a source has read of reports: when it returns, all of it is stored for good. The same news by another way changes nothing.</summary>
public sealed partial class ReportIntake(IStore store, Decider decider, OncallService oncall, BugReportSettings settings, TimeProvider clock, ILogger<ReportIntake> log)
{
    private const int Attempts = 50;

    private readonly Turnstile _turnstile = new();

    /// <param name="news">What was said.</param>
    /// <param name="atFirstStart">It was there before we began: what is late already is taken over without telling anybody.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <returns>A sentence for each report that is not known yet and comes without a title.</returns>
    public async Task<IReadOnlyList<string>> Receive(IEnumerable<ReportNews> news, bool atFirstStart, CancellationToken cancel)
    {
        var nameless = new List<string>();
        foreach (var each in news)
        {
            if (!await _turnstile.Pass(BugReport.KeyOf(each.Source, each.ExternalId), () => Take(each, atFirstStart, cancel), cancel))
            {
                nameless.Add($"Report {each.ExternalId} has no title.");
            }
        }

        return nameless;
    }

    /// <summary>Whether that delivery was taken before. A sender that repeats itself changes nothing anyway; it is not even looked at.</summary>
    public async Task<bool> Knows(ReportDelivery delivery, CancellationToken cancel) => await store.Find<ReportDelivery>(delivery.Id, cancel) is not null;

    public Task Note(ReportDelivery delivery, CancellationToken cancel) => store.Commit(new Commit().PutOnce(delivery), cancel);

    /// <summary>The report, or null when it has not been heard of.</summary>
    public async Task<BugReport?> Find(string source, string externalId, CancellationToken cancel) =>
        await store.List(BugReport.Known, Keys.Exactly(BugReport.KeyOf(source, externalId)), 1, cancel: cancel) is [var report] ? report : null;

    /// <returns>False: it is not known and has no title.</returns>
    private async Task<bool> Take(ReportNews news, bool atFirstStart, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = clock.Now();
            var book = await oncall.Book(cancel);
            var onCall = book.OnCall(settings.Rotation, now);
            var known = await Find(news.Source, news.ExternalId, cancel);
            if (known is null && news.Facts.Title.Length == 0)
            {
                return false;
            }

            var began = atFirstStart ? now : await Began(news.Source, now, cancel);
            var decision = known is null
                ? ReportMerging.Open(await Fresh(news, book.Zone(settings.Rotation), now, cancel), Shown(news), onCall, settings.Clock, began, now)
                : known.Apply(Shown(news), onCall, settings.Clock, now);
            if (decision is not Decision<BugReport>.Changed changed)
            {
                return true;
            }

            if (await decider.Store([changed.Next, .. changed.Beside], cancel))
            {
                Telemetry.Reports.Add(1, new KeyValuePair<string, object?>("source", news.Source), new("result", known is null ? "opened" : "changed"));
                LogChanged(changed.Next.Id, news.Source, news.ExternalId, changed.Next.Facts.State, changed.Next.Clock?.Due);
                return true;
            }
        }

        throw new StoreException($"{news.SourceTitle}'s report {news.ExternalId} changed {Attempts} times while news of it were being stored.");
    }

    /// <summary>From now on we hear of a source's reports, unless we did before.</summary>
    public Task Begin(string source, CancellationToken cancel) => Began(source, clock.Now(), cancel);

    private async Task<Instant> Began(string source, Instant now, CancellationToken cancel)
    {
        while (true)
        {
            if (await store.Find<ReportSource>(source, cancel) is { } known)
            {
                return known.BeganAt;
            }

            await store.Commit(new Commit().PutOnce(new ReportSource(source, now)), cancel);
        }
    }

    private async Task<BugReport> Fresh(ReportNews news, string zone, Instant now, CancellationToken cancel) =>
        new($"{BugReport.Series}-{await store.NextNumber(BugReport.Series, cancel)}", news.Source, news.ExternalId, now)
        {
            SourceTitle = news.SourceTitle,
            Facts = Shown(news).Facts,
            Channel = settings.Channel,
            Zone = zone,
        };

    /// <summary>What may not be shown is not kept either.</summary>
    private ReportNews Shown(ReportNews news) => settings.ShowDetails ? news : news with { Facts = news.Facts with { Details = null } };

    [LoggerMessage(LogLevel.Information, "{Report} from {Source} ({ExternalId}) is {State}, due {Due}")]
    private partial void LogChanged(string report, string source, string externalId, ReportState state, Instant? due);
}
