using System.Text.Json;
using ChatOps.Core.Storage;
using Index = ChatOps.Core.Storage.Index;

namespace ChatOps.Storage;

/// <summary>The collections that a store was opened with; it takes no others.</summary>
internal sealed class KnownCollections
{
    private readonly Dictionary<Type, Collection> _byType;

    /// <param name="collections">All collections of the program.</param>
    /// <param name="reserved">Names that the store needs for itself.</param>
    public KnownCollections(IEnumerable<Collection> collections, params string[] reserved)
    {
        All = [.. collections.OrderBy(collection => collection.Name, StringComparer.Ordinal)];
        var names = All.Select(collection => collection.Name).Concat(reserved);
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"There are two collections called {twice.Key}", nameof(collections));
        }

        _byType = All.ToDictionary(collection => collection.DocumentType);
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<Collection> All { get; }

    /// <summary>A collection that the store was opened with.</summary>
    public Collection Known(Collection collection) =>
        _byType.TryGetValue(collection.DocumentType, out var known) && known.Name == collection.Name
            ? known
            : throw new StoreException($"The collection {collection.Name} was not registered when the store was opened");

    /// <summary>The collection that takes documents of a type; one of a base type takes its derived documents too.</summary>
    public Collection Of(Type type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (_byType.TryGetValue(candidate, out var collection))
            {
                return collection;
            }
        }

        throw new StoreException($"No collection for {type.Name} was registered when the store was opened");
    }

    /// <summary>The collection that an index belongs to, and the index as it is declared there; null stands for the ids.</summary>
    public (Collection Collection, Index? Index) Place<T>(Index<T> index)
        where T : Document, IStored<T>
    {
        var collection = Known(T.Collection);
        if (ReferenceEquals(index, Index<T>.Id))
        {
            return (collection, null);
        }

        return collection.Indexes.Contains(index)
            ? (collection, index)
            : throw new StoreException($"The collection {collection.Name} has no such index as {index.Name}");
    }

    /// <summary>A document back from its JSON.</summary>
    public static T Revive<T>(Collection collection, string id, string json, long version)
        where T : Document
    {
        try
        {
            return (T)collection.Read(json, version);
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException)
        {
            throw new StoreException($"The document {id} of {collection.Name} cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
