using System.Text.Json.Serialization;
using ChatOps.Core.Storage;

namespace ChatOps.Core.People;

/// <summary>Somebody known to the bot, whichever chat they speak in. The id is a word that goes into commands and rotations.</summary>
public sealed record Person(string Id, string Name) : Document(Id), IStored<Person>
{
    /// <summary>The platform on which people are whoever they say: it is for those who sit at this machine.</summary>
    public const string LocalPage = "local";

    public static Index<Person> ByName { get; } = new("name", person => person.Name.ToLowerInvariant());

    /// <summary>By the address that a platform vouches for.</summary>
    public static Index<Person> ByVerifiedEmail { get; } = new("verified_email", person => person.VerifiedEmail);

    public static Collection<Person> Collection { get; } = new("people", ByName, ByVerifiedEmail);

    /// <summary>The person's user id on each platform, by the platform's name.</summary>
    public IReadOnlyDictionary<string, string> Handles { get; init; } = new Dictionary<string, string>();

    public string? Email { get; init; }

    /// <summary>The address that a platform has checked, in lower case: it tells that accounts on two platforms are one person, and it may have a role.</summary>
    public string? VerifiedEmail { get; init; }

    /// <summary>Somebody of another company, whom a platform shows us because a channel is shared with it: they may look and do nothing.</summary>
    public bool IsOutside { get; init; }

    /// <summary>Known from nowhere but the local page. Elsewhere people have accounts, in which they write whatever name they like.</summary>
    [JsonIgnore]
    public bool HasOnlyAName => Handles.Keys.All(platform => platform == LocalPage);

    /// <summary>IANA id; what they say without a zone is read in it.</summary>
    public string? TimeZone { get; init; }
}

/// <summary>Which person a platform's user is. The id is <c>slack|U0123</c>: names change, this does not.</summary>
public sealed record Handle(string Id, string Person) : Document(Id), IStored<Handle>
{
    public static Collection<Handle> Collection { get; } = new("handles");

    public static string IdOf(string platform, string user) => $"{platform}|{user}";
}
