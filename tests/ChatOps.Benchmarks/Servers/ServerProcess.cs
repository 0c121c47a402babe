using System.Collections.Concurrent;
using System.Diagnostics;

namespace ChatOps.Benchmarks.Servers;

/// <summary>A server that was started for the measurement, with a folder of its own; both are gone when it is disposed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int LinesKept = 20;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly TaskCompletionSource<Uri> _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="program">What to start.</param>
    /// <param name="folder">Its own folder, which is deleted afterwards.</param>
    /// <param name="args">Its arguments.</param>
    public ServerProcess(string program, DirectoryInfo folder, IEnumerable<string> args)
    {
        _folder = folder;
        _process = new Process { StartInfo = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullName } };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Where an ASP.NET server says that it listens.</summary>
    public Task<Uri> Listens(CancellationToken cancel) => Before(_listens.Task, cancel);

    /// <summary>Returns when <paramref name="path"/> is answered.</summary>
    public async Task Answers(Uri url, string path, CancellationToken cancel)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };
        await Before(Ask(), cancel);

        async Task<bool> Ask()
        {
            while (true)
            {
                try
                {
                    using var answer = await http.GetAsync(path, cancel);
                    if (answer.IsSuccessStatusCode)
                    {
                        return true;
                    }
                }
                catch (HttpRequestException)
                {
                    // It does not listen yet.
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancel);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<T> Before<T>(Task<T> ready, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var gone = _process.WaitForExitAsync(stop.Token);
        var first = await Task.WhenAny(ready, gone, Task.Delay(Deadline, TimeProvider.System, stop.Token));
        await stop.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        return first == ready ? await ready : throw new ServerException($"{_process.StartInfo.FileName} does not start: {string.Join(" / ", _said)}");
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (line.Split("Now listening on: ") is [_, var address])
        {
            _listens.TrySetResult(new Uri(address));
        }

        _said.Enqueue(line);
        while (_said.Count > LinesKept)
        {
            _said.TryDequeue(out _);
        }
    }
}
