using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using ChatOps.Core.Storage;

namespace ChatOps.Storage.Archive;

/// <summary>Reads what <see cref="ExportWriter"/> wrote and checks it: every document has to be one that this version can read.</summary>
internal sealed class ExportReader(Stream stream, IEnumerable<Collection> collections)
{
    private readonly Dictionary<string, Collection> _collections = collections.ToDictionary(collection => collection.Name);
    private long _line;

    /// <summary>The rows; enumerating them throws a <see cref="StoreException"/> that names the line at fault, or says that the end is missing.</summary>
    public async IAsyncEnumerable<StoredRow> Rows([EnumeratorCancellation] CancellationToken cancel = default)
    {
        var (counters, documents) = (0L, 0L);
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        CheckHeader(await Next(reader, cancel));
        while (await Next(reader, cancel) is { } text)
        {
            using var line = Parse(text);
            if (line.RootElement.TryGetProperty("end", out _))
            {
                CheckEnd(line.RootElement, counters, documents);
                if (await Next(reader, cancel) is not null)
                {
                    throw Wrong("something stands behind the end");
                }

                yield break;
            }

            var row = Row(line.RootElement);
            (counters, documents) = row is StoredRow.Counter ? (counters + 1, documents) : (counters, documents + 1);
            yield return row;
        }

        throw new StoreException($"The export is cut short: it ends after line {_line} without its closing line; nothing was imported");
    }

    private static JsonElement? Find(JsonElement line, string name, JsonValueKind kind) => line.TryGetProperty(name, out var found) && found.ValueKind == kind ? found : null;

    private static string? Text(JsonElement line, string name) => Find(line, name, JsonValueKind.String)?.GetString() is { Length: > 0 } text ? text : null;

    private static long? Number(JsonElement line, string name) => Find(line, name, JsonValueKind.Number) is { } found && found.TryGetInt64(out var number) ? number : null;

    private async Task<string?> Next(StreamReader reader, CancellationToken cancel)
    {
        _line++;
        try
        {
            var text = await reader.ReadLineAsync(cancel);
            _line -= text is null ? 1 : 0;
            return text;
        }
        catch (DecoderFallbackException)
        {
            throw Wrong("it is not UTF-8 text");
        }
    }

    private JsonDocument Parse(string text)
    {
        try
        {
            var line = JsonDocument.Parse(text);
            return line.RootElement.ValueKind == JsonValueKind.Object ? line : throw Wrong("it is no JSON object");
        }
        catch (JsonException fault)
        {
            throw Wrong($"it is no JSON ({fault.Message})");
        }
    }

    private void CheckHeader(string? text)
    {
        if (text is null)
        {
            throw new StoreException("The export is empty");
        }

        using var line = Parse(text);
        if (Text(line.RootElement, "format") != ExportWriter.Format)
        {
            throw Wrong($"this is no export of ChatOps; its first line has to say \"format\":\"{ExportWriter.Format}\"");
        }

        if (Number(line.RootElement, "version") is not ExportWriter.Version)
        {
            throw Wrong($"the export is of version {Number(line.RootElement, "version")?.ToString() ?? "unknown"}, and this program reads {ExportWriter.Version}");
        }
    }

    private void CheckEnd(JsonElement line, long counters, long documents)
    {
        if (Number(line, "counters") != counters || Number(line, "documents") != documents)
        {
            throw Wrong($"the export says that it has {Number(line, "counters")} counters and {Number(line, "documents")} documents, but there are {counters} and {documents}");
        }
    }

    private StoredRow Row(JsonElement line)
    {
        if (Text(line, "counter") is { } series)
        {
            return Number(line, "last") is > 0 and var last ? new StoredRow.Counter(series, last) : throw Wrong($"the counter {series} has no number \"last\"");
        }

        if (Text(line, "collection") is not { } name || Text(line, "id") is not { } id || Number(line, "version") is not (> 0 and var version) || Find(line, "document", JsonValueKind.Object) is not { } json)
        {
            throw Wrong("it is neither a counter nor a document with collection, id, version and document");
        }

        if (!_collections.TryGetValue(name, out var collection))
        {
            throw Wrong($"there is no collection \"{name}\" in this version");
        }

        try
        {
            return collection.Read(json.GetRawText(), version).Id == id
                ? new StoredRow.Document(name, id, version, json.GetRawText())
                : throw Wrong($"the document of {name} is not called {id}");
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            throw Wrong($"the document {id} of {name} cannot be read ({fault.Message})");
        }
    }

    private StoreException Wrong(string what) => new($"Line {_line}: {what}; nothing was imported");
}
