using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatOps.Storage.Archive;

/// <summary>
/// An export: JSON Lines. A header <c>{"format":"chatops-export","version":1,"time":…}</c>, a line for each counter <c>{"counter":"A","last":12}</c> and document
/// <c>{"collection":…,"id":…,"version":…,"document":{…}}</c>, and a last line <c>{"end":true,"counters":…,"documents":…}</c>, without which it is cut short.
/// </summary>
internal sealed class ExportWriter(Stream stream)
{
    public const string Format = "chatops-export";
    public const int Version = 1;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>How many documents were written.</returns>
    public async Task<long> Write(IAsyncEnumerable<StoredRow> rows, DateTimeOffset now, Action<long> wrote, CancellationToken cancel)
    {
        var (counters, documents) = (0L, 0L);
        // A store that cannot be read leaves nothing behind, no header either.
        await using var read = rows.GetAsyncEnumerator(cancel);
        var more = await read.MoveNextAsync();
        await Line(json =>
        {
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteString("time", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        });
        for (; more; more = await read.MoveNextAsync())
        {
            var row = read.Current;
            (counters, documents) = row is StoredRow.Counter ? (counters + 1, documents) : (counters, documents + 1);
            await Line(json => Write(json, row));
            wrote(documents);
        }

        await Line(json =>
        {
            json.WriteBoolean("end", true);
            json.WriteNumber("counters", counters);
            json.WriteNumber("documents", documents);
        });
        await stream.FlushAsync(cancel);
        return documents;
    }

    private static void Write(Utf8JsonWriter json, StoredRow row)
    {
        if (row is StoredRow.Counter counter)
        {
            json.WriteString("counter", counter.Series);
            json.WriteNumber("last", counter.Last);
            return;
        }

        var document = (StoredRow.Document)row;
        json.WriteString("collection", document.Collection);
        json.WriteString("id", document.Id);
        json.WriteNumber("version", document.Version);
        json.WritePropertyName("document");
        json.WriteRawValue(document.Json);
    }

    private async Task Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        await stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }
}
