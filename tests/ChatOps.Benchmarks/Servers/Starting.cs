using System.Net;
using System.Net.Sockets;

namespace ChatOps.Benchmarks.Servers;

/// <summary>How each server that is compared is started: on a free port of this machine, with a folder of its own under <paramref name="folder"/>.</summary>
internal sealed class Starting(string folder)
{
    private const string AlertmanagerProgram = "prometheus-alertmanager";

    private delegate Task<Uri> Ready(ServerProcess process);

    public Task<Started> Start(Target target, LoadPlan plan, CancellationToken cancel) => target switch
    {
        Target.Alertmanager => Alertmanager(plan, cancel),
        Target.Bare => Run(target, "dotnet", Own(), [typeof(Starting).Assembly.Location, CommandLine.BareName], plan.Connections, process => process.Listens(cancel)),
        _ => ChatOps(null, plan.Connections, cancel),
    };

    /// <summary>The bot, ready to work, on a file that is there or will be made; null: a new one in its own folder. With settings as on its command line.</summary>
    public Task<Started> ChatOps(string? file, int connections, CancellationToken cancel, params string[] settings)
    {
        var own = Own();
        return Run(
            Target.ChatOps,
            "dotnet",
            own,
            [Path.Combine(AppContext.BaseDirectory, "ChatOps.dll"), "--Urls=http://127.0.0.1:0", $"--Storage:ConnectionString=Filename={file ?? Path.Combine(own.FullName, "chatops.db")}", .. settings],
            connections,
            async process =>
            {
                var url = await process.Listens(cancel);
                await process.Answers(url, "/readyz", cancel);
                return url;
            });
    }

    /// <summary>Debian's, with a receiver that sends nothing: what is measured is how it takes alerts in. It keeps them in memory only.</summary>
    private async Task<Started> Alertmanager(LoadPlan plan, CancellationToken cancel)
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var program = paths.Select(path => Path.Combine(path, AlertmanagerProgram)).FirstOrDefault(File.Exists)
            ?? throw new ServerException($"{AlertmanagerProgram} is not installed; it is a package of Debian.");
        var own = Own();
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        await File.WriteAllTextAsync(Path.Combine(own.FullName, "alertmanager.yml"), "route: { receiver: nobody, group_by: [alertname, fleet] }\nreceivers: [{ name: nobody }]\n", cancel);
        return await Run(
            Target.Alertmanager,
            program,
            own,
            [$"--config.file={own.FullName}/alertmanager.yml", $"--storage.path={own.FullName}", $"--web.listen-address={url.Authority}", "--cluster.listen-address=", "--log.level=error"],
            plan.Connections,
            async process =>
            {
                await process.Answers(url, "/-/ready", cancel);
                return url;
            });
    }

    private static async Task<Started> Run(Target target, string program, DirectoryInfo own, string[] args, int connections, Ready ready)
    {
        var process = new ServerProcess(program, own, args);
        try
        {
            return new Started(new Server(target.ToString().ToLowerInvariant(), await ready(process), process.Id, connections), process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private DirectoryInfo Own() => Directory.CreateDirectory(Path.Combine(folder, $"chatops-benchmarks-{Path.GetRandomFileName()}"));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A server and the process that was started for it.</summary>
internal sealed record Started(Server Server, ServerProcess Process) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        Server.Dispose();
        await Process.DisposeAsync();
    }
}
