using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Incoming;

namespace ChatOps.Chat.Slack.Socket;

/// <summary>
/// Keeps one socket open: the next stands before one that Slack is about to close goes; one that broke is replaced at once, and after that with growing pauses, because
/// Slack lets an address be asked for about once a minute. Only what an admin has to mend makes it wait for minutes.
/// </summary>
internal sealed partial class SocketKeeper(int number, ISlackApi slack, SlackDispatcher dispatcher, SlackState state, TimeProvider clock, ILogger<SocketKeeper> log)
{
    // An answer that takes longer is none: the next try may find a server that lives.
    private static readonly TimeSpan OpeningPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterAdmin = TimeSpan.FromMinutes(5);

    private static readonly string[] Fatal = ["invalid_auth", "not_authed", "not_allowed_token_type", "account_inactive", "token_revoked", "missing_scope", "link_disabled"];

    /// <summary>Until the program stops.</summary>
    public async Task Keep(CancellationToken stop)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var socket = await Open(stop);
                LogOpen(number);
                failures = 0;
                if (await socket.Leaving == SocketEnd.Disabled)
                {
                    throw new SlackException(SlackFault.Refused, "Socket Mode", "link_disabled");
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                await Wait(Pause(fault, ++failures), fault, stop);
            }
        }
    }

    private async Task<SlackSocket> Open(CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(OpeningPatience);
        try
        {
            var address = await slack.OpenConnection(late.Token);
            return await SlackSocket.Connect(address, dispatcher, state, clock, log, late.Token, stop);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new SlackException(SlackFault.Unreachable, "apps.connections.open", $"no socket within {OpeningPatience.TotalSeconds:0} seconds");
        }
    }

    private static TimeSpan Pause(Exception fault, int failures) => fault switch
    {
        SlackException { RetryAfter: { } after } => after.ToTimeSpan(),
        SlackException { Fault: SlackFault.Refused } refused when Fatal.Contains(refused.Error) => AfterAdmin,
        _ => TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 0.25 * Math.Pow(2, Math.Min(failures, 10)))),
    };

    private async Task Wait(TimeSpan pause, Exception fault, CancellationToken stop)
    {
        if (pause == AfterAdmin)
        {
            LogFatal(fault, number);
        }
        else
        {
            LogAgain(number, fault.Message, pause);
        }

        try
        {
            await Task.Delay(pause, clock, stop);
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    [LoggerMessage(LogLevel.Information, "Slack socket {Number} is open")]
    private partial void LogOpen(int number);

    [LoggerMessage(LogLevel.Warning, "Slack socket {Number} is not open, tried again in {Pause}: {Why}")]
    private partial void LogAgain(int number, string why, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "Slack socket {Number} cannot be opened until somebody sees to the app's token or settings; tried again in a few minutes")]
    private partial void LogFatal(Exception fault, int number);
}
