using System.Threading.Channels;
using ChatOps.Core.BugReports;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Jobs;

/// <summary>Writes what bug reports want written, on the one replica that has the lease: when something changed, when a try is due again, and every minute for issues and lost wake-ups.</summary>
internal sealed partial class ReportLoop : BackgroundService
{
    public const string Lease = "bugreports/write";

    private static readonly Duration Look = Duration.FromMinutes(1);
    private static readonly Duration AfterFault = Duration.FromSeconds(10);

    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ReportWriter _writer;
    private readonly ILeases _leases;
    private readonly TimeProvider _clock;
    private readonly ILogger<ReportLoop> _log;
    private readonly IDisposable _listening;

    public ReportLoop(ReportWriter writer, ILeases leases, ISignals signals, TimeProvider clock, ILogger<ReportLoop> log)
    {
        (_writer, _leases, _clock, _log) = (writer, leases, clock, log);
        // A report that wants something written is shown anew too.
        _listening = signals.Listen(_ => _news.Writer.TryWrite(true));
    }

    public override void Dispose()
    {
        _listening.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _leases.Hold(Lease, Follow, stoppingToken);

    private async Task Follow(Tenure tenure)
    {
        while (true)
        {
            var now = _clock.Now();
            var next = await Run(tenure) is { } due && due < now + Look ? due : now + Look;
            await News(Duration.Max(next - _clock.Now(), Duration.Zero), tenure.Ended);
        }
    }

    private async Task<Instant?> Run(Tenure tenure)
    {
        try
        {
            return await _writer.Run(tenure);
        }
        catch (Exception fault) when (!tenure.IsOver)
        {
            LogFailed(fault);
            return _clock.Now() + AfterFault;
        }
    }

    private async Task News(Duration most, CancellationToken ended)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var news = _news.Reader.ReadAsync(either.Token).AsTask();
        await await Task.WhenAny(news, Task.Delay(most.ToTimeSpan(), _clock, either.Token));
        await either.CancelAsync();
    }

    [LoggerMessage(LogLevel.Error, "What bug reports want written could not be looked for; again in a moment")]
    private partial void LogFailed(Exception fault);
}
