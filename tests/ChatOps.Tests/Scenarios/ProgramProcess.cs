using System.Diagnostics;
using System.Text;

namespace ChatOps.Tests.Scenarios;

/// <summary>The program as a process of its own, as its user starts it.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Uri> _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProgramProcess(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Out => Read(_out);

    public string Errors => Read(_errors);

    public int Id => _process.Id;

    public static ProgramProcess Start(string folder, params string[] args) =>
        new(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChatOps.dll"), .. args]) { WorkingDirectory = folder });

    public static ProgramProcess Start(ProcessStartInfo start) => new(start);

    /// <summary>Runs to the end and gives the exit code.</summary>
    public async Task<int> Exit()
    {
        using var late = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    /// <summary>Where it listens, once it does.</summary>
    public Task<Uri> Listens() => _listens.Task.WaitAsync(Deadline);

    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private void Take(StringBuilder text, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (text)
        {
            text.AppendLine(line);
        }

        if (line.Split("Now listening on: ") is [_, var address])
        {
            _listens.TrySetResult(new Uri(address));
        }
    }
}
