using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ChatOps.Tests.Scenarios;

/// <summary>A <see cref="ReplicaChild"/> as its parent sees it: always the same name and port, now and then another process.</summary>
internal sealed class ReplicaProcess(string name, IReadOnlyList<string> settings) : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(40);

    private readonly int _port = FreePort();
    private readonly ConcurrentQueue<string> _complaints = new();
    private Process? _process;
    private Task _reading = Task.CompletedTask;

    public string Name => name;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>What it said on standard error, in all its lives.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public async Task Start()
    {
        var process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(ReplicaProcess).Assembly.Location, "replica-child", $"--Urls={Address.GetLeftPart(UriPartial.Authority)}", $"--Replica:Name={name}", .. settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_TieredPGO"] = "0", ["DOTNET_TC_CallCounting"] = "0", ["DOTNET_gcConcurrent"] = "0" },
        })!;
        _process = process;
        _reading = Read(process.StandardError);
        Assert.True(await process.StandardOutput.ReadLineAsync().WaitAsync(Deadline) == "up", $"{name} did not start:\n{string.Join('\n', _complaints)}");
    }

    /// <summary>SIGKILL.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await End();
    }

    /// <summary>Stops it in order.</summary>
    public async Task Stop()
    {
        _process!.StandardInput.Close();
        await End();
    }

    /// <summary>SIGSTOP: it does nothing any more, and does not know.</summary>
    public Task Freeze() => Signal("STOP");

    /// <summary>SIGCONT: it goes on in the middle of whatever it was doing.</summary>
    public Task Thaw() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await Thaw();
            await Kill();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    private async Task End()
    {
        await _process!.WaitForExitAsync().WaitAsync(Deadline);
        await _reading;
        _process.Dispose();
        _process = null;
    }

    private async Task Read(StreamReader errors)
    {
        while (await errors.ReadLineAsync() is { } line)
        {
            _complaints.Enqueue(line);
        }
    }
}
