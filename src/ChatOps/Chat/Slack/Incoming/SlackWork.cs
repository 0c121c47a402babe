using System.Collections.Concurrent;
using ChatOps.Chat.Slack.Api;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>What goes on after Slack has heard that we have it. When the program stops it is given a moment; what is not done then is taken up from the store.</summary>
internal sealed partial class SlackWork(ILogger<SlackWork> log) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<Task, string> _running = new();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled when the program cannot wait any longer.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Lets something go on by itself.</summary>
    public void Go(string what, Func<CancellationToken, Task> work) => Watch(what, Task.Run(() => Guarded(what, work), CancellationToken.None));

    /// <summary>Begins it here: what only reads our store is done when this returns, without a change of threads.</summary>
    public void Begin(string what, Func<CancellationToken, Task> work) => Watch(what, Guarded(what, work));

    private void Watch(string what, Task task)
    {
        if (task.IsCompleted)
        {
            return;
        }

        _running[task] = what;
        task.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Whether nothing goes on.</summary>
    public bool IsIdle => _running.IsEmpty;

    /// <summary>What goes on here.</summary>
    public ICollection<string> Running => _running.Values;

    /// <summary>Whether something of that name goes on here.</summary>
    public bool IsRunning(string what) => _running.Values.Contains(what);

    public void NotTold(string what, SlackException fault) => LogNotTold(what, fault.Message);

    public void NotDone(string what, SlackException fault) => LogNotDone(what, fault.Message);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(Task.WhenAll(_running.Keys), Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        await _stop.CancelAsync();
    }

    public void Dispose() => _stop.Dispose();

    private async Task Guarded(string what, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(Stopping);
        }
        catch (Exception fault) when (!Stopping.IsCancellationRequested)
        {
            LogFailed(fault, what);
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    [LoggerMessage(LogLevel.Warning, "{What} from Slack is done, but the answer could not be told: {Why}")]
    private partial void LogNotTold(string what, string why);

    [LoggerMessage(LogLevel.Warning, "{What} from Slack could not be done yet and is taken up again: {Why}")]
    private partial void LogNotDone(string what, string why);

    [LoggerMessage(LogLevel.Error, "{What} from Slack failed after it was acknowledged")]
    private partial void LogFailed(Exception fault, string what);
}
