using ChatOps.Core.People;
using NodaTime;

namespace ChatOps.Core.Chat.Commands;

/// <summary>Who speaks, where, and by which means.</summary>
/// <param name="Person">Who.</param>
/// <param name="Platform">The platform's name.</param>
/// <param name="Channel">The channel's plain name.</param>
public sealed record Speaker(Person Person, string Platform, string Channel)
{
    /// <summary>The zone that the platform says they are in, IANA id; their own setting goes before it.</summary>
    public string? PlatformZone { get; init; }
}

/// <summary>One use of a command, with its words read.</summary>
public sealed record Invocation(Speaker By, Means Means, IReadOnlyDictionary<string, string> Words)
{
    /// <summary>A form's values, by the field's name; empty when it did not come by a form.</summary>
    public IReadOnlyDictionary<string, string> Form { get; init; } = new Dictionary<string, string>();

    /// <summary>The version that the subject had when the form was opened.</summary>
    public long OpenedOn { get; init; }

    /// <summary>The actor as the history names them.</summary>
    public Actor Actor => new(By.Person.Id, $"{(Means == Means.Text ? "command" : Means == Means.Button ? "button" : "form")}, {By.Platform} chat");

    /// <summary>An argument's or option's value, or null when it was left out.</summary>
    public string? this[string name] => Words.GetValueOrDefault(name);

    public bool Has(string name) => Words.ContainsKey(name);

    /// <summary>The zone in which their words about time are read: their own, else the platform's, else <paramref name="otherwise"/>.</summary>
    public DateTimeZone Zone(DateTimeZone otherwise) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(By.Person.TimeZone ?? "")
        ?? DateTimeZoneProviders.Tzdb.GetZoneOrNull(By.PlatformZone ?? "")
        ?? otherwise;
}

public enum Means
{
    Text,
    Button,
    Form,
}
