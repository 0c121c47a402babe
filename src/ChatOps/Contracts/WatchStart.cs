using ChatOps.Core.Contracts.Watching;

namespace ChatOps.Contracts;

/// <summary>Reads what is watched before any chain is followed, and says in the log what that is.</summary>
internal sealed partial class WatchStart(WatchList list, WatchSettings settings, ILogger<WatchStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await list.Reload(cancellationToken);
        if (settings.Chains.Count == 0 || list.Now.All.Count == 0)
        {
            LogNothing(settings.NothingWords ?? "Nothing is watched: everything was removed. `/watch add` adds something.");
            return;
        }

        foreach (var chain in settings.Chains)
        {
            LogWatched(chain.Name, list.Now.On(chain.Name).Count);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "{What}")]
    private partial void LogNothing(string what);

    [LoggerMessage(LogLevel.Information, "Watched on {Chain}: {Count}")]
    private partial void LogWatched(string chain, int count);
}
