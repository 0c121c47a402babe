using System.Diagnostics;
using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Incoming;
using ChatOps.Core;

namespace ChatOps.Chat.Slack.Socket;

/// <summary>
/// Keeps one socket open: the next stands before one that Slack is about to close goes; one that broke is replaced at once, and after that with growing pauses, because
/// Slack lets an address be asked for about once a minute. Only what an admin has to mend makes it wait for minutes.
/// </summary>
internal sealed partial class SocketKeeper(int number, ISlackApi slack, SlackDispatcher dispatcher, SlackState state, SocketTimes times, TimeProvider clock, ILogger<SocketKeeper> log)
{
    private int _failures;
    private bool _wasOpen;

    /// <summary>Until the program stops.</summary>
    public async Task Keep(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var socket = await Open(stop);
                LogOpen(number);
                _wasOpen = true;
                var since = clock.GetTimestamp();
                var end = await socket.Leaving;
                if (stop.IsCancellationRequested)
                {
                    return;
                }

                Telemetry.SlackReconnects.Add(1, new TagList { { "reason", end } });
                if (SocketEnd.HelpFor(end) is not null)
                {
                    throw new SlackException(SlackFault.Refused, "Socket Mode", end);
                }

                if (clock.GetElapsedTime(since) >= times.ShortLife)
                {
                    _failures = 0;
                }
                else if (_failures++ > 0)
                {
                    // Opened and gone again and again: each costs an address.
                    await Task.Delay(SocketTimes.PauseAfter(_failures, reachesSlack: true), clock, stop);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Whatever it is: a bot that hears nothing for good is worse than one that tries too often.
                await Wait(fault, stop);
            }
        }
    }

    private async Task<SlackSocket> Open(CancellationToken stop)
    {
        var patience = SocketTimes.OpeningFor(_failures);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(patience);
        try
        {
            return await SlackSocket.Connect(await Address(late.Token), dispatcher, state, times, log, late.Token, stop);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new SlackException(SlackFault.Unreachable, "apps.connections.open", $"no socket within {patience.TotalSeconds:0} seconds") { IsSilence = true };
        }
    }

    /// <summary>
    /// Asks a second time when the first answer does not come: a server that has died with our question is not waited for. Only while nobody may notice yet that the socket is gone, because
    /// each question counts.
    /// </summary>
    private async Task<Uri> Address(CancellationToken cancel)
    {
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var first = slack.OpenConnection(answered.Token);
        if (!_wasOpen || _failures > SocketTimes.Hurried || await Task.WhenAny(first, Task.Delay(times.SecondQuestion, clock, cancel)) == first)
        {
            return await first;
        }

        var second = slack.OpenConnection(answered.Token);
        var sooner = await Task.WhenAny(first, second);
        await answered.CancelAsync();
        Task both = Task.WhenAll(first, second);
        await both.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await sooner;
    }

    private async Task Wait(Exception fault, CancellationToken stop)
    {
        var refused = fault as SlackException;
        _failures++;
        TimeSpan pause;
        if (refused is { Fault: SlackFault.Refused } && SocketEnd.HelpFor(refused.Error) is { } help)
        {
            pause = times.AfterAdmin;
            state.CannotOpen($"{refused.Error}: {help}");
            LogForAdmin(number, refused.Error, help, pause);
        }
        else
        {
            pause = refused?.RetryAfter?.ToTimeSpan() ?? SocketTimes.PauseAfter(_failures, reachesSlack: refused is { IsSilence: false });
            state.CannotOpen(fault.Message);
            LogAgain(number, pause, fault.Message);
        }

        await Task.Delay(pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(LogLevel.Information, "Slack socket {Number} is open")]
    private partial void LogOpen(int number);

    [LoggerMessage(LogLevel.Warning, "Slack socket {Number} is not open, tried again in {Pause}: {Why}")]
    private partial void LogAgain(int number, TimeSpan pause, string why);

    [LoggerMessage(LogLevel.Error, "Slack socket {Number} cannot be opened ({Why}): {Help}. Tried again in {Pause}")]
    private partial void LogForAdmin(int number, string why, string help, TimeSpan pause);
}
