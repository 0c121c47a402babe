using System.Diagnostics;
using System.Text.Json;
using ChatOps.Benchmarks.Servers;

namespace ChatOps.Benchmarks.Chains;

/// <summary>A scanner on viem, run by node in a process of its own, that looks for the same transactions.</summary>
/// <param name="Rate">Blocks a second, without the time that node takes to start.</param>
/// <param name="Wanted">How many transactions it found.</param>
/// <param name="Megabytes">What was resident in the end.</param>
internal sealed record ViemScanner(double Rate, int Wanted, double Megabytes)
{
    /// <summary>Where npm has put it, or null.</summary>
    private static string? Script
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChatOps.sln")))
            {
                folder = folder.Parent;
            }

            var viem = folder is null ? null : Path.Combine(folder.FullName, "tests", "ChatOps.Benchmarks", "Chains", "viem");
            return Directory.Exists(Path.Combine(viem ?? "", "node_modules", "viem")) ? Path.Combine(viem!, "scan.mjs") : null;
        }
    }

    /// <summary>Null where it is not installed.</summary>
    public static async Task<ViemScanner?> Scan(Uri url, int blocks, CancellationToken stop)
    {
        if (Script is not { } script)
        {
            return null;
        }

        using var node = Process.Start(new ProcessStartInfo("node", [script, $"{url}", $"{blocks}", .. BusyChain.Tokens.Concat(BusyChain.Wallets).Select(address => $"{address}")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync(stop);
        var output = await node.StandardOutput.ReadToEndAsync(stop);
        await node.WaitForExitAsync(stop);
        if (node.ExitCode != 0)
        {
            throw new ServerException($"The scanner on viem failed: {await errors}");
        }

        using var said = JsonDocument.Parse(output);
        return new(
            blocks / said.RootElement.GetProperty("milliseconds").GetDouble() * 1000,
            said.RootElement.GetProperty("wanted").GetInt32(),
            said.RootElement.GetProperty("megabytes").GetDouble());
    }
}
