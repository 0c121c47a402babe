using ChatOps.Core.Storage;

namespace ChatOps.Core.People;

/// <summary>Somebody known to the bot, whichever chat they speak in. The id is a word that goes into commands and rotations.</summary>
public sealed record Person(string Id, string Name) : Document(Id), IStored<Person>
{
    public static Index<Person> ByName { get; } = new("name", person => person.Name.ToLowerInvariant());

    public static Collection<Person> Collection { get; } = new("people", ByName);

    /// <summary>The person's user id on each platform, by the platform's name.</summary>
    public IReadOnlyDictionary<string, string> Handles { get; init; } = new Dictionary<string, string>();

    public string? Email { get; init; }

    /// <summary>IANA id; what they say without a zone is read in it.</summary>
    public string? TimeZone { get; init; }
}
