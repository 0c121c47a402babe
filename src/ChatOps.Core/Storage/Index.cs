using NodaTime;
using NodaTime.Text;

namespace ChatOps.Core.Storage;

/// <summary>
/// A sorted way into a collection. Keys are strings, compared by code point; a document whose key is null is not in the index.
/// A unique index refuses a commit that would give two documents the same key.
/// </summary>
public abstract class Index(string name, bool unique)
{
    /// <summary>Lower-case letters and underscores.</summary>
    public string Name { get; } = name;

    public bool Unique { get; } = unique;

    /// <summary>The document's key here, or null when it has none. At most 500 characters.</summary>
    public abstract string? KeyOf(Document document);
}

/// <inheritdoc/>
public sealed class Index<T>(string name, Func<T, string?> key, bool unique = false) : Index(name, unique)
    where T : Document, IStored<T>
{
    /// <summary>Every collection's first way in: the id.</summary>
    public static Index<T> Id { get; } = new("id", document => document.Id, unique: true);

    public override string? KeyOf(Document document) => key((T)document);
}

/// <summary>Which keys of an index: everything, one key, those with a prefix (ASCII after it), or those up to one.</summary>
public readonly record struct Keys(string? Equal, string? From, string? Below)
{
    private static readonly InstantPattern Sortable = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffff'Z'");

    public static Keys All => default;

    /// <summary>An instant as a key: text of fixed width that sorts as time does.</summary>
    public static string At(Instant instant) => Sortable.Format(instant);

    public static Keys Exactly(string key) => new(key, null, null);

    public static Keys Prefix(string prefix) => new(null, prefix, prefix + '\uffff');

    /// <summary>Keys lower than <paramref name="key"/> or equal to it.</summary>
    public static Keys UpTo(string key) => new(null, null, key + '\u0001');

    /// <summary>Keys from <paramref name="first"/> (included) to <paramref name="below"/> (excluded).</summary>
    public static Keys Between(string first, string below) => new(null, first, below);
}
