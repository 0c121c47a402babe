using NodaTime;

namespace ChatOps.Core.Alerts;

/// <summary>One alert as a monitoring system tells it: firing or resolved, now or again.</summary>
/// <param name="Fingerprint">The source's name for the label set; the same for every firing of it.</param>
/// <param name="Firing">False: it is back to normal.</param>
/// <param name="Labels">What it is about.</param>
/// <param name="Annotations">What is said about it: summary, description, runbook_url.</param>
public sealed record Signal(
    string Fingerprint,
    bool Firing,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations)
{
    public Instant? StartsAt { get; init; }

    /// <summary>Where the source shows its query.</summary>
    public string? GeneratorUrl { get; init; }

    public string? Label(string name) => Labels.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public string? Annotation(string name) => Annotations.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}

/// <summary>Signals that the source has grouped; people act on the group.</summary>
/// <param name="Source">The source's name, lower case.</param>
/// <param name="Key">The source's name for the group.</param>
/// <param name="Signals">Those that could be read.</param>
public sealed record SignalGroup(string Source, string Key, IReadOnlyList<Signal> Signals)
{
    /// <summary>What the source calls itself to people: Alertmanager.</summary>
    public required string SourceTitle { get; init; }

    /// <summary>The receiver or rule that sent it here, or null.</summary>
    public string? Receiver { get; init; }

    /// <summary>Where the source shows the group, or null.</summary>
    public string? Url { get; init; }

    /// <summary>How many alerts of the group the source left out.</summary>
    public int Truncated { get; init; }

    /// <summary>What an alert that opens for it is about, where that has a card of its own.</summary>
    public AlertSubject? About { get; init; }
}

/// <summary>What a body said.</summary>
/// <param name="Groups">What could be read.</param>
/// <param name="Faults">A sentence for each thing that could not.</param>
public sealed record SourceReading(IReadOnlyList<SignalGroup> Groups, IReadOnlyList<string> Faults)
{
    /// <summary>Nothing in it can be read: the sender is told so.</summary>
    public static SourceReading Unreadable(string why) => new([], [why]);
}

/// <summary>A monitoring system that posts to <c>/hooks/{name}</c>. Reading is pure: the same body always says the same.</summary>
public interface IAlertSource
{
    /// <summary>The last part of its path, lower case.</summary>
    string Name { get; }

    /// <summary>What people call it, as in <c>Sources:Alertmanager:Secret</c>.</summary>
    string Title { get; }

    /// <summary>Reads a body of at most 8 MB. Never throws for what a body may hold.</summary>
    SourceReading Read(ReadOnlyMemory<byte> body);
}
