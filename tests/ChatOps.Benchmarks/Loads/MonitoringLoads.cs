namespace ChatOps.Benchmarks.Loads;

/// <summary>What monitoring sends: new groups, known ones again, large ones.</summary>
internal static class MonitoringLoads
{
    public const string WebhookPath = "/hooks/alertmanager";

    private const string PostPath = "/api/v2/alerts";
    private const int Known = 100;
    private const int Large = 100;

    /// <summary>As Alertmanager's webhook.</summary>
    public static IEnumerable<Load> Webhooks(AlertBodies bodies) => For(WebhookPath, bodies.Webhook);

    /// <summary>As Prometheus posts to Alertmanager.</summary>
    public static IEnumerable<Load> Posts(AlertBodies bodies) => For(PostPath, bodies.Posted);

    private static IEnumerable<Load> For(string path, Func<string, int, byte[]> body)
    {
        yield return Load.Of("new", "a webhook with one alert of a new group", count => [.. Enumerable.Range(0, count).Select(i => new Shot(path, body($"new{i}", 1)))]);
        yield return new Load("repeat", "a webhook that says a known group again", async (server, count, cancel) =>
        {
            List<Shot> known = [.. Enumerable.Range(0, Known).Select(i => new Shot(path, body($"known{i}", 1)))];
            await server.Feed(known, cancel);
            return [.. Enumerable.Range(0, count).Select(i => known[i % Known])];
        });
        yield return Load.Of("hundred", "a webhook with a new group of 100 alerts", count => [.. Enumerable.Range(0, count).Select(i => new Shot(path, body($"hundred{i}", Large)))], share: 10);
    }
}
