using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>
/// Who is told of an alert, and when the next is told because nobody acknowledged. After the last step it starts over, <paramref name="Repeat"/> times.
/// </summary>
/// <param name="Name">As routes name it.</param>
/// <param name="Steps">At least one.</param>
/// <param name="Repeat">How many times it starts over.</param>
/// <param name="RemindAfter">How long an acknowledgement is left alone before its owner is reminded, and again before the alert is handed on; zero: never.</param>
public sealed record EscalationPolicy(string Name, IReadOnlyList<EscalationStep> Steps, int Repeat, Duration RemindAfter)
{
    /// <summary>How long after the last step it starts over: as long as its longest wait between steps, at least a minute.</summary>
    public Duration RestartAfter => Steps.Select(step => step.After).Append(Duration.FromMinutes(1)).Max();
}

/// <param name="After">The wait since the step before (for the first: since the alert opened).</param>
/// <param name="Tell">Whom.</param>
public sealed record EscalationStep(Duration After, Tell Tell);

/// <summary>Whom a step tells: <c>oncall</c>, <c>oncall:core</c>, <c>layer:primary</c>, <c>rotation:core</c>, <c>person:ana</c>, <c>channel:infra</c>, <c>pager</c>.</summary>
public sealed record Tell(TellKind Kind, string? Name = null)
{
    /// <summary>As the settings write it.</summary>
    public override string ToString() => Kind == TellKind.Rotation && Name is null ? "everyone" : $"{Kind.ToString().ToLowerInvariant()}{(Name is null ? "" : ":" + Name)}";

    /// <summary>Reads a setting's word, or gives a sentence that says what is wrong with it.</summary>
    /// <param name="text">The word.</param>
    /// <param name="hasPager">Whether there is a pager that could be told.</param>
    public static (Tell? Tell, string? Fault) Read(string text, bool hasPager)
    {
        var (word, name) = text.Split(':', 2) is [var left, var right] ? (left.Trim(), right.Trim()) : (text.Trim(), null);
        return word.ToLowerInvariant() switch
        {
            "oncall" => (new Tell(TellKind.OnCall, name?.ToLowerInvariant()), null),
            "everyone" when name is null => (new Tell(TellKind.Rotation), null),
            "rotation" or "layer" or "person" or "channel" when string.IsNullOrEmpty(name) => (null, $"\"{text}\" needs a name behind the colon, as in {word}:name"),
            "rotation" => (new Tell(TellKind.Rotation, name!.ToLowerInvariant()), null),
            "layer" => (new Tell(TellKind.Layer, name!.ToLowerInvariant()), null),
            "person" => (new Tell(TellKind.Person, name!.ToLowerInvariant()), null),
            "channel" => (new Tell(TellKind.Channel, name!.TrimStart('#')), null),
            "pager" when !hasPager => (null, "\"pager\" cannot be told: none is set up; set PagerDuty:RoutingKey"),
            "pager" => (new Tell(TellKind.Pager), null),
            _ => (null, $"\"{text}\" is none of oncall, oncall:<rotation>, everyone, layer:<name>, rotation:<name>, person:<name>, channel:<name>, pager"),
        };
    }
}

public enum TellKind
{
    OnCall,
    Layer,

    /// <summary>Everybody who takes part in the rotation.</summary>
    Rotation,
    Person,
    Channel,
    Pager,
}
