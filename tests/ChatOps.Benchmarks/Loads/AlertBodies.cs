using System.Text.Json;

namespace ChatOps.Benchmarks.Loads;

/// <summary>Bodies as Alertmanager sends and takes them. Each run has group keys of its own, so that its new groups are new to a server that has seen others.</summary>
internal sealed class AlertBodies(TimeProvider clock)
{
    private readonly string _run = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N")[^8..];
    private readonly DateTimeOffset _began = clock.GetUtcNow();

    /// <summary>A notification of Alertmanager's webhook, version 4, for a group of firing alerts.</summary>
    public byte[] Webhook(string group, int alerts) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        receiver = "chatops",
        status = "firing",
        alerts = Enumerable.Range(0, alerts).Select(i => new
        {
            status = "firing",
            labels = Labels(group, i),
            annotations = Annotations(i),
            startsAt = _began,
            endsAt = "0001-01-01T00:00:00Z",
            generatorURL = "http://127.0.0.1:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1",
            fingerprint = $"{_run}-{group}-{i}",
        }),
        groupLabels = new { alertname = "InstanceDown", fleet = Fleet(group) },
        commonLabels = new { alertname = "InstanceDown", fleet = Fleet(group), job = "mailserver", severity = "critical" },
        commonAnnotations = new { },
        externalURL = "http://127.0.0.1:9093",
        version = "4",
        groupKey = $"{{}}:{{alertname=\"InstanceDown\", fleet=\"{Fleet(group)}\"}}",
        truncatedAlerts = 0,
    });

    /// <summary>The same alerts as Prometheus posts them to <c>/api/v2/alerts</c>.</summary>
    public byte[] Posted(string group, int alerts) => JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, alerts).Select(i => new
    {
        labels = Labels(group, i),
        annotations = Annotations(i),
        startsAt = _began,
        endsAt = _began.AddHours(1),
        generatorURL = "http://127.0.0.1:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1",
    }));

    private string Fleet(string group) => $"{_run}.{group}";

    private object Labels(string group, int i) => new { alertname = "InstanceDown", fleet = Fleet(group), instance = $"mail-{i:D3}", job = "mailserver", severity = "critical" };

    private static object Annotations(int i) => new { summary = $"mail-{i:D3} is down", description = $"mail-{i:D3} of job mailserver does not answer" };
}
