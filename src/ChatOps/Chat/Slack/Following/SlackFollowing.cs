using System.Threading.Channels;
using ChatOps.Chat.Slack.Api;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Chat.Slack.Following;

/// <summary>
/// Runs the followers on the one replica that has the lease: when something changed that chat shows, every minute, and when one of them asks for it. A lost wake-up makes it
/// late by a minute at most; a crash in between makes it look again.
/// </summary>
internal sealed partial class SlackFollowing : BackgroundService
{
    public const string Lease = "slack/follow";

    private static readonly Duration Look = Duration.FromMinutes(1);
    private static readonly Duration Soonest = Duration.FromSeconds(1);

    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly IReadOnlyList<ISlackFollower> _followers;
    private readonly SlackNotices _notices;
    private readonly ILeases _leases;
    private readonly TimeProvider _clock;
    private readonly ILogger<SlackFollowing> _log;
    private readonly IDisposable _listening;
    private long _told;
    private State _state = new(-1, Instant.MinValue);

    public SlackFollowing(IEnumerable<ISlackFollower> followers, SlackNotices notices, ILeases leases, ISignals signals, TimeProvider clock, ILogger<SlackFollowing> log)
    {
        (_followers, _notices, _leases, _clock, _log) = ([.. followers], notices, leases, clock, log);
        // Whatever is marked to be shown may be news here too.
        _listening = signals.Listen(_ =>
        {
            Interlocked.Increment(ref _told);
            _news.Writer.TryWrite(true);
        });
    }

    /// <summary>Whether everything has been looked at that there was to look at.</summary>
    public bool IsIdle => Volatile.Read(ref _state) is var state && state.Told == Interlocked.Read(ref _told) && _clock.Now() < state.Next;

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
            var (told, next) = (Interlocked.Read(ref _told), _clock.Now() + Look);
            foreach (var follower in _followers)
            {
                tenure.ThrowIfOver();
                next = await Follow(follower, tenure) is { } sooner ? Instant.Min(next, Instant.Max(sooner, _clock.Now() + Soonest)) : next;
            }

            Volatile.Write(ref _state, new State(told, next));
            await News(Duration.Max(next - _clock.Now(), Duration.Zero), tenure.Ended);
        }
    }

    private async Task<Instant?> Follow(ISlackFollower follower, Tenure tenure)
    {
        try
        {
            return await follower.Follow(tenure);
        }
        catch (SlackException fault) when (fault.Fault == SlackFault.Refused && !tenure.IsOver)
        {
            LogRefused(follower.Name, fault.Message);
            await _notices.Trouble(follower.Name, follower.Why(fault), tenure.Ended);
            return null;
        }
        catch (SlackException fault) when (!tenure.IsOver)
        {
            return _clock.Now() + (fault.RetryAfter ?? Duration.FromSeconds(10));
        }
        catch (Exception fault) when (!tenure.IsOver)
        {
            LogFailed(fault, follower.Name);
            return null;
        }
    }

    private async Task News(Duration most, CancellationToken ended)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var news = _news.Reader.ReadAsync(either.Token).AsTask();
        await await Task.WhenAny(news, Task.Delay(most.ToTimeSpan(), _clock, either.Token));
        await either.CancelAsync();
    }

    /// <summary>How many pieces of news were looked at, and when it looks again without any.</summary>
    private sealed record State(long Told, Instant Next);

    [LoggerMessage(LogLevel.Warning, "Slack's {What} does not follow: {Why}")]
    private partial void LogRefused(string what, string why);

    [LoggerMessage(LogLevel.Error, "Slack's {What} could not be looked at; again in a minute")]
    private partial void LogFailed(Exception fault, string what);
}
