using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using ChatOps.Tests.House;

namespace ChatOps.Tests.Scenarios;

/// <summary>Debian's Alertmanager as a process of the test's own, with one webhook receiver.</summary>
internal sealed class RealAlertmanager : IAsyncDisposable
{
    public const string ProgramName = "prometheus-alertmanager";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("chatops-alertmanager").FullName;
    private readonly Process _process;
    private readonly HttpClient _http;

    private RealAlertmanager(Func<string, int, ProcessStartInfo> start)
    {
        var port = FreePort();
        var info = start(_folder, port);
        info.WorkingDirectory = _folder;
        _process = Process.Start(info)!;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public static Task<RealAlertmanager> Start(Uri hook, string httpConfig = "{}") => Started((folder, port) =>
    {
        File.WriteAllText(Path.Combine(folder, "alertmanager.yml"), $"""
            route:
              receiver: chatops
              group_by: [alertname, fleet]
              group_wait: 0s
              group_interval: 1s
              repeat_interval: 2s
            receivers:
              - name: chatops
                webhook_configs:
                  - url: {hook}
                    send_resolved: true
                    http_config: {httpConfig}
            """);
        return new(NeedsProgramAttribute.PathOf(ProgramName)!)
        {
            ArgumentList =
            {
                $"--config.file={folder}/alertmanager.yml", $"--storage.path={folder}", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=", "--log.level=error",
            },
        };
    });

    /// <summary>With compose.yaml's command line and deploy/alertmanager.yml; only where files lie and what listens where is this test's own.</summary>
    public static Task<RealAlertmanager> StartAsInCompose(Uri bot, string secret) => Started((folder, port) =>
    {
        (string Theirs, string Here)[] places =
        [
            ("exec /bin/alertmanager", $"exec {NeedsProgramAttribute.PathOf(ProgramName)}"), ("/tmp/chatops-secret", $"{folder}/secret"), ("group_wait: 5s", "group_wait: 0s"),
            ("=/etc/alertmanager/alertmanager.yml", $"={folder}/alertmanager.yml"), ("=/alertmanager", $"={folder}"), ("127.0.0.1:9093", $"127.0.0.1:{port}"), ("http://127.0.0.1:5080/", bot.ToString()),
        ];
        string Here(string text) => places.Aggregate(text, (so, place) => so.Replace(place.Theirs, place.Here, StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "alertmanager.yml"), Here(Checkout.Read("deploy/alertmanager.yml")));
        string[] command = [.. ComposeFile.Ours.List("alertmanager", "entrypoint"), .. ComposeFile.Ours.List("alertmanager", "command")];
        return new(command[0], command[1..].Select(Here)) { Environment = { ["CHATOPS_SECRET"] = secret } };
    });

    /// <summary>Posts alerts as Prometheus does.</summary>
    public async Task Post(params object[] alerts)
    {
        using var response = await _http.PostAsJsonAsync("/api/v2/alerts", alerts);
        response.EnsureSuccessStatusCode();
    }

    public static object Alert(string name, string instance, bool resolved = false, string fleet = "eth.prod") => new
    {
        labels = new { alertname = name, instance, fleet, severity = "critical", job = "mailserver" },
        annotations = new { summary = $"{instance} is down", description = $"{instance} of job mailserver does not answer", runbook_url = "https://github.com/status-im/infra-docs" },
        generatorURL = "https://prometheus.status.im/graph?g0.expr=up%20%3D%3D%200",
        startsAt = TimeProvider.System.GetUtcNow().AddMinutes(-1),
        endsAt = resolved ? TimeProvider.System.GetUtcNow() : TimeProvider.System.GetUtcNow().AddMinutes(10),
    };

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<RealAlertmanager> Started(Func<string, int, ProcessStartInfo> start)
    {
        var alertmanager = new RealAlertmanager(start);
        var began = TimeProvider.System.GetTimestamp();
        while (!await alertmanager.IsReady())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Deadline, "Alertmanager does not start");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return alertmanager;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReady()
    {
        try
        {
            using var response = await _http.GetAsync("/-/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
