using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Incoming;

namespace ChatOps.Chat.Slack.Socket;

/// <summary>Keeps as many sockets to Slack open as the settings say.</summary>
internal sealed class SocketMode(ISlackApi slack, SlackSettings settings, SlackDispatcher dispatcher, SlackState state, TimeProvider clock, ILoggerFactory logs) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(1, settings.Sockets).Select(number => new SocketKeeper(number, slack, dispatcher, state, clock, logs.CreateLogger<SocketKeeper>()).Keep(stoppingToken)));
}
