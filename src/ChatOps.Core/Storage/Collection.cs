using System.Text.Json;

namespace ChatOps.Core.Storage;

/// <summary>A named set of documents of one type. All of them are registered at start, so that a store can make its tables and indexes before the first read.</summary>
public abstract class Collection(string name, Type documentType, IReadOnlyList<Index> indexes)
{
    /// <summary>Lower-case letters and underscores: a table or collection name in any database.</summary>
    public string Name { get; } = name;

    public Type DocumentType { get; } = documentType;

    public IReadOnlyList<Index> Indexes { get; } = indexes;

    /// <summary>The document as JSON, without its version.</summary>
    public string Write(Document document) => JsonSerializer.Serialize(document, DocumentType, StoredJson.Options);

    /// <summary>The document back from its JSON, with the version it is stored under.</summary>
    public Document Read(string json, long version)
    {
        var document = (Document?)JsonSerializer.Deserialize(json, DocumentType, StoredJson.Options)
            ?? throw new JsonException($"A document of {Name} is the JSON null.");
        return document with { Version = version };
    }
}

/// <inheritdoc/>
public sealed class Collection<T>(string name, params Index<T>[] indexes) : Collection(name, typeof(T), indexes)
    where T : Document, IStored<T>;
