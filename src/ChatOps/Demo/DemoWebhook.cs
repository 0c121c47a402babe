namespace ChatOps.Demo;

/// <summary>What Alertmanager would post for the demo's monitoring.</summary>
internal static class DemoWebhook
{
    public static object Of(Monitoring told, DateTimeOffset now)
    {
        var group = new { alertname = told.Name, fleet = told.Fleet };
        return new
        {
            version = "4",
            groupKey = $"{{}}:{{alertname=\"{told.Name}\", fleet=\"{told.Fleet}\"}}",
            truncatedAlerts = 0,
            status = told.Firing ? "firing" : "resolved",
            receiver = "chatops",
            groupLabels = group,
            externalURL = "https://alerts.status.im",
            alerts = told.Instances.Select(instance => new
            {
                status = told.Firing ? "firing" : "resolved",
                labels = new Dictionary<string, string> { ["alertname"] = told.Name, ["fleet"] = told.Fleet, ["instance"] = instance, ["severity"] = told.Severity },
                annotations = new Dictionary<string, string> { ["summary"] = told.Summary, ["description"] = told.Description, ["runbook_url"] = "https://github.com/status-im/infra-docs" },
                startsAt = now,
                generatorURL = "https://prometheus.status.im/graph",
                fingerprint = $"{told.Name}-{instance.Replace('.', '-').Replace(' ', '-')}",
            }),
        };
    }
}
