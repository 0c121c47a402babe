using System.Text.Json.Serialization;

namespace ChatOps.Core.Storage;

/// <summary>
/// What the store keeps: an immutable record with an id of its own. <see cref="Version"/> is 0 for one that was never stored and
/// grows by one with each write; a write names the version it was decided on, and is refused when the stored one has moved on.
/// </summary>
public abstract record Document(string Id)
{
    [JsonIgnore]
    public long Version { get; init; }
}

/// <summary>Ties a document type to the collection it lives in, so that <c>store.Find&lt;Alert&gt;(id)</c> is enough.</summary>
public interface IStored<TSelf>
    where TSelf : Document, IStored<TSelf>
{
    static abstract Collection<TSelf> Collection { get; }
}
