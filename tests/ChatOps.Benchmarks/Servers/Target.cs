using ChatOps.Benchmarks.Loads;

namespace ChatOps.Benchmarks.Servers;

/// <summary>What kind of server is measured: it decides what is sent.</summary>
internal enum Target
{
    ChatOps,
    Alertmanager,
    Bare,
}

internal static class TargetLoads
{
    public static IReadOnlyList<Load> Of(Target target, AlertBodies bodies) => target switch
    {
        Target.ChatOps => [.. MonitoringLoads.Webhooks(bodies), .. PeopleLoads.All(bodies)],
        Target.Alertmanager => [.. MonitoringLoads.Posts(bodies)],
        _ => [.. MonitoringLoads.Webhooks(bodies)],
    };
}
