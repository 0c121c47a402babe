using System.Collections.Concurrent;
using System.Diagnostics;

namespace ChatOps.Tests.Scenarios;

/// <summary>A <see cref="BotChild"/> as its parent sees it. One process may run several bots, one after another, as long as it lives.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _reading;
    private readonly ConcurrentQueue<string> _points = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private TaskCompletionSource<Uri?> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _down = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BotProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(Task.Run(ReadOutput), Task.Run(ReadErrors));
    }

    /// <summary>The points that the bot came by, in their order.</summary>
    public IReadOnlyCollection<string> Points => _points;

    /// <summary>What it complained of.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Completes when the process is gone and all that it said has been read.</summary>
    public Task Gone => _reading;

    public static BotProcess Start() => new(Process.Start(new ProcessStartInfo("dotnet", [typeof(BotProcess).Assembly.Location, "bot-child"])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        // Half of a short life would go into optimizing code for a long one.
        Environment = { ["DOTNET_TieredPGO"] = "0", ["DOTNET_TC_CallCounting"] = "0", ["DOTNET_gcConcurrent"] = "0" },
    })!);

    /// <summary>Starts a bot in it. Null when it died before it was up.</summary>
    public async Task<Uri?> Run(string file, Uri chat, int minutesAhead, string? deadly, IReadOnlyList<string> settings)
    {
        _points.Clear();
        _errors.Clear();
        (_up, _down) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _process.StandardInput.WriteLineAsync($"{file}\t{chat}\t{minutesAhead}\t{deadly}\t{string.Join(' ', settings)}");
        await _process.StandardInput.FlushAsync();
        await Task.WhenAny(_up.Task, Gone);
        return _up.Task.IsCompletedSuccessfully ? await _up.Task : null;
    }

    /// <summary>Stops the bot as an operator does; the process waits for the next. False when it died instead.</summary>
    public async Task<bool> Stop()
    {
        try
        {
            await _process.StandardInput.WriteLineAsync();
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            await Gone;
        }

        await Task.WhenAny(_down.Task, Gone);
        return _down.Task.IsCompletedSuccessfully;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await Gone;
        _process.Dispose();
    }

    private async Task ReadOutput()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            switch (line.Split(' ', 2))
            {
                case ["at", var point]:
                    _points.Enqueue(point);
                    break;
                case ["up", var address]:
                    _up.TrySetResult(new Uri(address));
                    break;
                case ["down"]:
                    _down.TrySetResult();
                    break;
                default:
                    _errors.Enqueue(line);
                    break;
            }
        }
    }

    private async Task ReadErrors()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _errors.Enqueue(line);
        }
    }
}
