using ChatOps.Core.Alerts;
using ChatOps.Core.Contracts.Watching;
using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>One rule: what it is about, and what is thought of that. Whatever is left out matches everything.</summary>
/// <param name="Name">As a verdict names it.</param>
/// <param name="Origin">Where it is written: "the settings", "@ana", "shipped".</param>
/// <param name="Verdict">What is thought of what matches.</param>
/// <param name="Why">A sentence for people.</param>
public sealed record Rule(string Name, string Origin, VerdictKind Verdict, string Why)
{
    public const string ShippedOrigin = "shipped";

    /// <summary>Labels, addresses, or kinds as kind:Safe; empty: everything watched.</summary>
    public IReadOnlyList<string> Watch { get; init; } = [];

    /// <summary>Functions by name, by signature or by selector.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Events by name or by signature.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    public Condition? From { get; init; }

    /// <summary>What is called or emits; where it is not watched itself, a watched wallet calls it or it says something about a watched thing.</summary>
    public Condition? To { get; init; }

    /// <summary>One of these has to be in the same transaction; empty: none.</summary>
    public IReadOnlyList<Together> With { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, Condition>> Args { get; init; } = [];

    public Condition? Value { get; init; }

    /// <summary>Only what succeeded, or only what failed; null: both.</summary>
    public bool? Succeeded { get; init; }

    public Rate? Rate { get; init; }

    public TimeOfDay? Time { get; init; }

    /// <summary>How bad it is; null: by the criticality of what it is about.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Everything but the rate and what has to be in the same transaction.</summary>
    internal bool Matches(Part part, JudgedFacts facts, Watched watched) =>
        (Functions.Count == 0 && Events.Count == 0 || Names(part))
        && (Watch.Count == 0 || Watch.Any(words => part.Things.Any(thing => IsMeant(words, thing))))
        && (Succeeded is null || Succeeded == facts.Succeeded)
        && (Value is null || Value.Holds(part.Value, facts.Chain, watched))
        && (From is null || From.Holds(part.Caller, facts.Chain, watched))
        && (To is null || (part.Target is { } target && To.Holds(target, facts.Chain, watched)))
        && Args.All(argument => ArgumentHolds(argument.Key, argument.Value, part, facts, watched))
        && (Time is null || Time.Holds(facts.At));

    private bool Names(Part part) => part.IsEvent ? Events.Any(name => IsNamed(name, part)) : Functions.Any(name => IsNamed(name, part));

    private static bool IsNamed(string name, Part part) =>
        name == "*" ? true
        : name.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? string.Equals(name, part.Selector, StringComparison.OrdinalIgnoreCase)
        : name.Contains('(', StringComparison.Ordinal) ? name == part.Signature || (part is { IsEvent: false, Signature: null, Selector: { } selector } && selector == SelectorOf(name))
        : part.Signature is not null && part.Name == name;

    private static string SelectorOf(string signature) => Keccak.Hash(signature).ToString()[..10];

    private static bool IsMeant(string words, WatchedThing thing) =>
        words == "*"
        || (words.StartsWith("kind:", StringComparison.OrdinalIgnoreCase) ? string.Equals(words["kind:".Length..], thing.Kind.ToString(), StringComparison.OrdinalIgnoreCase)
        : Address.TryParse(words, out var address) ? address == thing.Address : string.Equals(words, thing.Label, StringComparison.OrdinalIgnoreCase));

    // An argument that is not there matches nothing: a rule must not call normal what it does not see.
    private static bool ArgumentHolds(string name, Condition condition, Part part, JudgedFacts facts, Watched watched) =>
        part.Argument(name) is { } value && condition.Holds(value, facts.Chain, watched);
}

/// <summary>More than so many in so long, what is judged included.</summary>
public sealed record Rate(int MoreThan, Duration Within);

/// <summary>Between two times of the day on a zone's clock, or outside of them; from the later to the earlier goes over midnight.</summary>
public sealed record TimeOfDay(LocalTime From, LocalTime Until, bool Outside, DateTimeZone Zone)
{
    public bool Holds(Instant at)
    {
        var time = at.InZone(Zone).TimeOfDay;
        var within = From <= Until ? time >= From && time < Until : time >= From || time < Until;
        return within != Outside;
    }
}
