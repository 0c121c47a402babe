using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Incoming;

namespace ChatOps.Chat.Slack.Socket;

/// <summary>
/// Keeps as many sockets to Slack open as the settings say. Every replica has its own, under no lease: Slack gives each envelope to any one of them, what it asks for is stored
/// once whoever takes it, and when one replica dies the others hear on without a pause.
/// </summary>
internal sealed class SocketMode(ISlackApi slack, SlackSettings settings, SlackDispatcher dispatcher, SlackState state, SocketTimes times, TimeProvider clock, ILoggerFactory logs) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var log = logs.CreateLogger<SocketKeeper>();
        return Task.WhenAll(Enumerable.Range(1, settings.Sockets).Select(number => new SocketKeeper(number, slack, dispatcher, state, times, clock, log).Keep(stoppingToken)));
    }
}
