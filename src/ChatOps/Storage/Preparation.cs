using System.Text;
using ChatOps.Core.Storage;
using Index = ChatOps.Core.Storage.Index;

namespace ChatOps.Storage;

/// <summary>
/// Turns commits into what a store stores, on the caller's thread, so that whatever is wrong with a document is that caller's failure alone.
/// The limits are the same in every store, so that what one takes can move to the other.
/// </summary>
/// <param name="collections">All collections of the program.</param>
/// <param name="checkLimits">False only in tests that want to see the database itself refuse a document.</param>
internal sealed class Preparation(KnownCollections collections, bool checkLimits = true)
{
    private const int KeyCharacters = 500;

    // LiteDB allows 1,023 bytes of UTF-8 with two of its own; characters outside ASCII take two to four.
    private const int KeyBytes = 1_000;

    // LiteDB allows 16.6 MB; half of that leaves room for the keys and for the document to grow.
    private const int DocumentBytes = 8 * 1024 * 1024;

    // Strict: half a surrogate pair would come back as another character, and so as another id.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public PreparedWrite Prepare(Write write)
    {
        var document = write.Document;
        var collection = collections.Of(document.GetType());
        if (string.IsNullOrEmpty(document.Id))
        {
            throw new StoreException($"A document of {collection.Name} has no id");
        }

        CheckKey(document.Id, $"An id of {collection.Name}");
        if (write.Kind is WriteKind.Delete or WriteKind.Expected)
        {
            return new PreparedWrite(write.Kind, collection, document.Id, document.Version, null, [], 0);
        }

        var json = collection.Write(document);
        var size = Encoding.UTF8.GetByteCount(json);
        if (size > DocumentBytes && checkLimits)
        {
            throw new TooLargeException($"The document {document.Id} of {collection.Name} has {size} bytes; at most {DocumentBytes} are allowed");
        }

        return new PreparedWrite(write.Kind, collection, document.Id, document.Version, json, KeysOf(collection, document), size);
    }

    /// <summary>A document's keys, in the order of its collection's indexes; null where it has none.</summary>
    public IReadOnlyList<string?> KeysOf(Collection collection, Document document) => [.. collection.Indexes.Select(index => KeyOf(collection, document, index))];

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

    private string? KeyOf(Collection collection, Document document, Index index)
    {
        var key = index.KeyOf(document);
        if (key is not null)
        {
            CheckKey(key, $"The key {index.Name} of the document {document.Id} of {collection.Name}");
        }

        return key;
    }
}
