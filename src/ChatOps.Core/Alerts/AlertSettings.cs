using ChatOps.Core.Settings;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>The settings <c>Policies</c> and <c>Routes</c>.</summary>
public sealed record AlertSettings(IReadOnlyDictionary<string, EscalationPolicy> Policies, IReadOnlyList<RouteRule> Routes, AlertRoute Otherwise)
{
    public const string DefaultRotation = "core";

    public AlertRoute RouteOf(string source, Signal signal) => Routes.FirstOrDefault(rule => rule.Matches(source, signal))?.Route ?? Otherwise;

    /// <summary>Rotations that routes and policies name: one that does not exist has nobody to tell.</summary>
    public IEnumerable<string> NamedRotations => Routes.Select(rule => rule.Route.Rotation)
        .Concat(Policies.Values.SelectMany(policy => policy.Steps).Where(step => step.Tell is { Kind: TellKind.OnCall or TellKind.Rotation, Name: not null }).Select(step => step.Tell.Name!))
        .Append(Otherwise.Rotation).Distinct();

    public static AlertSettings Read(SettingsReader settings, string onCallChannel, bool hasPager)
    {
        var otherwise = new AlertRoute(DefaultRotation, "default", onCallChannel);
        var policies = settings.Sections("Policies").Select(policy => ReadPolicy(policy, hasPager)).ToDictionary(policy => policy.Name);
        policies.TryAdd("default", Default);
        return new(policies, [.. settings.Sections("Routes").Select(route => ReadRoute(route, otherwise, policies))], otherwise);
    }

    /// <summary>Whoever is on call at once, again after five minutes, then everyone; three times over.</summary>
    private static EscalationPolicy Default { get; } = new(
        "default",
        [
            new(Duration.Zero, new Tell(TellKind.OnCall)),
            new(Duration.FromMinutes(5), new Tell(TellKind.OnCall)),
            new(Duration.FromMinutes(5), new Tell(TellKind.Rotation)),
        ],
        Repeat: 3,
        RemindAfter: Duration.FromHours(4));

    private static EscalationPolicy ReadPolicy(SettingsReader policy, bool hasPager)
    {
        policy.Knows("Steps", "Repeat", "RemindAfter");
        var steps = policy.Sections("Steps").Select(step =>
        {
            step.Knows("After", "Tell");
            var (tell, fault) = Tell.Read(step.Text("Tell") ?? "oncall", hasPager);
            if (tell is null)
            {
                step.Fault("Tell", fault!);
            }

            return new EscalationStep(step.Span("After", Duration.Zero), tell ?? new Tell(TellKind.OnCall));
        }).ToList();
        return new(policy.Name, steps.Count > 0 ? steps : Default.Steps, policy.Number("Repeat", Default.Repeat, 0, 100), policy.Span("RemindAfter", Default.RemindAfter));
    }

    private static RouteRule ReadRoute(SettingsReader route, AlertRoute otherwise, Dictionary<string, EscalationPolicy> policies)
    {
        route.Knows("Match", "Source", "Rotation", "Policy", "Channel", "Severity", "Runbook");
        var policy = route.Text("Policy") ?? otherwise.Policy;
        if (!policies.ContainsKey(policy))
        {
            route.Fault("Policy", $"there is no policy \"{policy}\"; there {(policies.Count == 1 ? "is" : "are")} {string.Join(", ", policies.Keys)}");
        }

        var severity = route.Text("Severity");
        if (severity is not null && SeverityWords.Read(severity) == Severity.Unknown)
        {
            route.Fault("Severity", $"\"{severity}\" is none of critical, error, warning, info");
        }

        return new(
            route.Text("Source"),
            route.Pairs("Match"),
            new AlertRoute((route.Text("Rotation") ?? otherwise.Rotation).ToLowerInvariant(), policy, route.Text("Channel")?.TrimStart('#') ?? otherwise.Channel)
            {
                Severity = severity,
                Runbook = route.Text("Runbook"),
            });
    }
}
