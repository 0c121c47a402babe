using System.Text;
using ChatOps.Core.Storage;
using LiteDB;

namespace ChatOps.Storage.LiteDb;

/// <summary>Turns commits into what the writer stores, on the caller's thread, so that whatever is wrong with a document is that caller's failure alone.</summary>
/// <param name="collections">All collections of the program.</param>
/// <param name="checkLimits">False only in tests that want to see LiteDB itself refuse a document.</param>
internal sealed class Preparation(IEnumerable<Collection> collections, bool checkLimits = true)
{
    private const int KeyCharacters = 500;

    // LiteDB allows 1,023 bytes of UTF-8 with two of its own; characters outside ASCII take two to four.
    private const int KeyBytes = 1_000;

    // LiteDB allows 16.6 MB; half of that leaves room for the keys and for the document to grow.
    private const int DocumentBytes = 8 * 1024 * 1024;

    // Strict: half a surrogate pair would come back as another character, and so as another id.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<Type, Collection> _byType = collections.ToDictionary(collection => collection.DocumentType);

    public PreparedCommit Prepare(Commit commit) => new([.. commit.Writes.Select(Prepare)]);

    /// <summary>A collection that the store was opened with.</summary>
    public Collection Known(Collection collection) =>
        _byType.TryGetValue(collection.DocumentType, out var known) && known.Name == collection.Name
            ? known
            : throw new StoreException($"The collection {collection.Name} was not registered when the store was opened");

    public void CheckKey(string key, string what)
    {
        if (!checkLimits)
        {
            return;
        }

        var bytes = 0;
        try
        {
            bytes = Utf8.GetByteCount(key);
        }
        catch (EncoderFallbackException)
        {
            throw new StoreException($"{what} has half a surrogate pair in it");
        }

        if (key.Length > KeyCharacters || bytes > KeyBytes)
        {
            throw new StoreException($"{what} has {key.Length} characters in {bytes} bytes; at most {KeyCharacters} in {KeyBytes} are allowed");
        }
    }

    private static BsonDocument Stored(Document document, string json, long version) =>
        new() { ["_id"] = document.Id, [Fields.Version] = version, [Fields.Json] = json };

    private PreparedWrite Prepare(Write write)
    {
        var document = write.Document;
        var collection = CollectionOf(document.GetType());
        if (string.IsNullOrEmpty(document.Id))
        {
            throw new StoreException($"A document of {collection.Name} has no id");
        }

        CheckKey(document.Id, $"An id of {collection.Name}");
        if (write.Kind is WriteKind.Delete or WriteKind.Expected)
        {
            return new PreparedWrite(write.Kind, collection.Name, document.Id, document.Version, null, [], 0);
        }

        var json = collection.Write(document);
        var size = Encoding.UTF8.GetByteCount(json);
        if (size > DocumentBytes && checkLimits)
        {
            throw new StoreException($"The document {document.Id} of {collection.Name} has {size} bytes; at most {DocumentBytes} are allowed");
        }

        var stored = Stored(document, json, write.Kind == WriteKind.Guarded ? document.Version + 1 : 1);
        var unique = new List<(string, string)>();
        foreach (var index in collection.Indexes)
        {
            if (index.KeyOf(document) is not { } key)
            {
                continue;
            }

            CheckKey(key, $"The key {index.Name} of the document {document.Id} of {collection.Name}");
            stored[Fields.Of(index)] = key;
            if (index.Unique)
            {
                unique.Add((Fields.Of(index), key));
            }
        }

        return new PreparedWrite(write.Kind, collection.Name, document.Id, document.Version, stored, unique, size);
    }

    /// <summary>A collection of a base type takes its derived documents too.</summary>
    private Collection CollectionOf(Type type)
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
}
