using System.Text.Json;
using ChatOps.Core.Alerts;
using ChatOps.Core.BugReports;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using ChatOps.Web;
using NodaTime;
using NodaTime.Text;

namespace ChatOps.Sources.HackerOne;

/// <summary>
/// Asks HackerOne what happened: activities since the last one, and every hour the reports themselves, for what makes no activity. Webhooks may bring the same, sooner or never; a report is there
/// once either way. The first time it takes all open reports, and tells nobody of what was late already.
/// </summary>
internal sealed partial class HackerOnePolling(
    HackerOneInbox inbox, HackerOneSettings settings, ReportIntake intake, SelfAlerts self, IStore store, ILeases leases, TimeProvider clock, ILogger<HackerOnePolling> log) : BackgroundService, IReadiness
{
    private const int MostPages = 100;

    private static readonly Duration BetweenSweeps = Duration.FromHours(1);
    private static readonly Duration ClocksDiffer = Duration.FromMinutes(10);
    private static readonly Duration AfterFault = Duration.FromSeconds(30);

    private static readonly string OpenStates = string.Join('&', new[] { "new", "pending-program-review", "triaged", "needs-more-info", "retesting" }.Select(state => $"filter[state][]={state}"));

    // A short outage is nobody's business at night.
    private static readonly Duration LongSilence = Duration.FromMinutes(15);

    private Instant? _silentSince;
    private bool _answered;
    private volatile string? _trouble = "not asked yet";

    string IReadiness.Kind => "source";

    string IReadiness.Name => "hackerOneApi";

    public ValueTask<PartState> Look(CancellationToken cancel) => new(new PartState(_trouble is null, _trouble ?? "ok"));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => leases.Hold("source/hackerone", Follow, stoppingToken);

    private async Task Follow(Tenure tenure)
    {
        while (true)
        {
            var wait = await Ask(tenure);
            await Task.Delay(wait.ToTimeSpan(), clock, tenure.Ended);
        }
    }

    private async Task<Duration> Ask(Tenure tenure)
    {
        try
        {
            tenure.ThrowIfOver();
            var cursor = await store.Find<HackerOneCursor>(settings.Program!, tenure.Ended);
            await (cursor is null ? Begin(tenure.Ended) : GoOn(cursor, tenure));
            _trouble = null;
            await Answered(tenure.Ended);
            return settings.PollInterval;
        }
        catch (ReportInboxException fault)
        {
            _trouble = fault.Message;
            LogAway(fault.Message);
            await Silent(fault.Message, tenure.Ended);
            return fault.RetryAfter ?? AfterFault;
        }
        catch (Exception fault) when (!tenure.IsOver)
        {
            _trouble = fault.Message;
            LogFailed(fault);
            return AfterFault;
        }
    }

    /// <summary>Said at the first answer too: who was here before us may have raised it.</summary>
    private async Task Answered(CancellationToken cancel)
    {
        if (!_answered)
        {
            await self.SourceAnswers(HackerOneSource.SourceName, HackerOneSource.SourceTitle, cancel);
        }

        (_answered, _silentSince) = (true, null);
    }

    private async Task Silent(string why, CancellationToken cancel)
    {
        _silentSince ??= clock.Now();
        if (clock.Now() - _silentSince >= LongSilence)
        {
            _answered = false;
            await self.SourceSilent(HackerOneSource.SourceName, HackerOneSource.SourceTitle, why, cancel);
        }
    }

    private async Task Begin(CancellationToken cancel)
    {
        // Whatever happens while it is being taken comes again with the next question, also where the two clocks differ.
        var now = clock.Now();
        var count = 0;
        await intake.Begin(HackerOneSource.SourceName, cancel);
        await foreach (var report in inbox.Reports(OpenStates, cancel))
        {
            count += await Take(report, [], atFirstStart: true, cancel);
        }

        await store.Commit(new Commit().Put(new HackerOneCursor(settings.Program!, InstantPattern.ExtendedIso.Format(now - ClocksDiffer), now)), cancel);
        LogBegun(settings.Program!, count);
    }

    private async Task GoOn(HackerOneCursor cursor, Tenure tenure)
    {
        for (var page = 0; page < MostPages; page++)
        {
            tenure.ThrowIfOver();
            var (activities, next) = await inbox.Activities(cursor.After, tenure.Ended);
            foreach (var about in activities.GroupBy(HackerOneReading.ReportOf).Where(group => group.Key is not null))
            {
                if (await inbox.Report(about.Key!, tenure.Ended) is { } report)
                {
                    await Take(report, about, atFirstStart: false, tenure.Ended);
                }
                else
                {
                    LogUnknown(about.Key!);
                }
            }

            if (activities.Count == 0 || next is null || next == cursor.After)
            {
                break;
            }

            cursor = await Keep(cursor with { After = next }, tenure.Ended);
        }

        var now = clock.Now();
        if (now - cursor.SweptAt >= BetweenSweeps)
        {
            var since = Uri.EscapeDataString(InstantPattern.General.Format(cursor.SweptAt - BetweenSweeps));
            await foreach (var report in inbox.Reports($"filter[last_activity_at__gt]={since}", tenure.Ended))
            {
                await Take(report, [], atFirstStart: false, tenure.Ended);
            }

            await Keep(cursor with { SweptAt = now }, tenure.Ended);
        }
    }

    private async Task<HackerOneCursor> Keep(HackerOneCursor cursor, CancellationToken cancel) =>
        await store.Commit(new Commit().Put(cursor), cancel) == CommitOutcome.Stored ? cursor with { Version = cursor.Version + 1 } : throw new StoreException("Somebody else asks HackerOne for the same programme.");

    private async Task<int> Take(JsonElement report, IEnumerable<JsonElement> activities, bool atFirstStart, CancellationToken cancel)
    {
        var (news, fault) = HackerOneReading.Report(report, null, settings.Program);
        if (fault is not null)
        {
            LogUnreadable(fault);
            await self.Unreadable(HackerOneSource.SourceName, HackerOneSource.SourceTitle, [fault], cancel);
        }

        if (news is null)
        {
            return 0;
        }

        var all = news.Activities.Concat(activities.Select(HackerOneReading.Activity).OfType<ReportActivity>()).DistinctBy(activity => activity.Id).OrderBy(activity => activity.At);
        await intake.Receive([news with { Activities = [.. all] }], atFirstStart, cancel);
        return 1;
    }

    [LoggerMessage(LogLevel.Information, "HackerOne: took {Count} open reports of {Program} over")]
    private partial void LogBegun(string program, int count);

    [LoggerMessage(LogLevel.Warning, "HackerOne could not be asked, it is asked again: {Why}")]
    private partial void LogAway(string why);

    [LoggerMessage(LogLevel.Warning, "HackerOne's report {Report} is unknown to the token: it is left out")]
    private partial void LogUnknown(string report);

    [LoggerMessage(LogLevel.Warning, "HackerOne's API told something that could not be read: {Why}")]
    private partial void LogUnreadable(string why);

    [LoggerMessage(LogLevel.Error, "What HackerOne told could not be taken; it is asked again")]
    private partial void LogFailed(Exception fault);
}
