using ChatOps.Core.Chat;
using ChatOps.Core.Oncall;
using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>The policies, with the rotations as they are at this moment: all that a decision about telling needs, so that it stays pure.</summary>
internal sealed class EscalationPlan(IReadOnlyDictionary<string, EscalationPolicy> policies, OncallBook book)
{
    /// <summary>The alert's policy; settings may have changed since it opened, so an unknown name falls back to the default.</summary>
    public EscalationPolicy PolicyOf(Alert alert) => policies.GetValueOrDefault(alert.Route.Policy) ?? policies["default"];

    public string ZoneOf(AlertRoute route) => book.Zone(route.Rotation);

    public IReadOnlyList<string> OnCall(AlertRoute route, Instant now) => book.OnCall(route.Rotation, now);

    public Told Whom(Tell tell, AlertRoute route, Instant now)
    {
        var rotation = tell.Kind is TellKind.OnCall or TellKind.Rotation ? tell.Name ?? route.Rotation : route.Rotation;
        return tell.Kind switch
        {
            TellKind.OnCall => new Told(book.OnCall(rotation, now), $"on call for {rotation}") { Then = $"whoever is on call for {rotation}" },
            TellKind.Layer => new Told(book.OnCallInLayer(rotation, tell.Name!, now), $"on call in layer {tell.Name} of {rotation}") { Then = $"whoever is on call in layer {tell.Name} of {rotation}" },
            TellKind.Rotation => new Told(book.Members(rotation, now), $"everyone in {rotation}"),
            TellKind.Person => new Told([tell.Name!], "") { Then = tell.Name! },
            TellKind.Pager => new Told([], "the pager") { Pager = true },
            _ => new Told([], $"channel #{tell.Name}") { Channel = tell.Name },
        };
    }
}

/// <param name="People">Whom; may be empty when nobody is on call.</param>
/// <param name="As">As what: "on call for core".</param>
internal sealed record Told(IReadOnlyList<string> People, string As)
{
    public string? Channel { get; init; }

    public bool Pager { get; init; }

    /// <summary>How it is announced, before it is certain who will be told.</summary>
    public string Then { get; init; } = As;

    public Markup Words => Channel is not null || Pager ? Markup.Of($"Told {As}")
        : People.Count == 0 ? Markup.Of($"Nobody is {(As.StartsWith("everyone ", StringComparison.Ordinal) ? As["everyone ".Length..] : As)}, so nobody was told")
        : Markup.Of($"Told {Markup.Join(", ", People.Select(Markup.Mention))}{(As.Length > 0 ? ", " + As : "")}");
}
