using ChatOps.Core.Storage;
using LiteDB;

namespace ChatOps.Storage.LiteDb;

/// <summary>Writes rows into a new data file, with the keys that the collections' indexes need now.</summary>
internal sealed class Filling : IDisposable
{
    // A LiteDB transaction belongs to a thread, so rows are gathered and written together.
    private const int TransactionRows = 500;
    private const long LogBytes = 64 * 1024 * 1024;

    private readonly string _logName;
    private readonly DiskFile _log;
    private readonly PlainEngine _plain;
    private readonly Preparation _preparation;
    private readonly Dictionary<string, Collection> _collections;
    private readonly List<StoredRow> _rows = [];

    public Filling(NewFile file, IReadOnlyList<Collection> collections)
    {
        _logName = file.Partial + "-log";
        _log = new DiskFile(_logName);
        _log.SetLength(0);
        _plain = new PlainEngine(file.File, _log);
        Schema.Prepare(_plain.Engine, Layouts.All.Newest, collections);
        _preparation = new Preparation(new KnownCollections(collections));
        _collections = collections.ToDictionary(collection => collection.Name);
    }

    public void Add(StoredRow row)
    {
        _rows.Add(row);
        if (_rows.Count == TransactionRows)
        {
            Write();
        }
    }

    public void Finish()
    {
        Write();
        _plain.Settle();
    }

    public void Dispose()
    {
        _plain.Dispose();
        _log.Dispose();
        File.Delete(_logName);
    }

    private void Write()
    {
        _plain.Engine.BeginTrans();
        foreach (var row in _rows)
        {
            try
            {
                Write(row);
            }
            catch (LiteException refused)
            {
                var what = row is StoredRow.Document document ? $"document {document.Id} of {document.Collection}" : $"counter {((StoredRow.Counter)row).Series}";
                throw new StoreException($"The {what} cannot be stored: {refused.Message}; nothing was imported", refused);
            }
        }

        _plain.Engine.Commit();
        _rows.Clear();
        if (_log.Length > LogBytes)
        {
            _plain.Settle();
        }
    }

    private void Write(StoredRow row)
    {
        if (row is StoredRow.Counter counter)
        {
            _plain.Engine.Insert(Counters.Collection, [new BsonDocument { ["_id"] = counter.Series, ["last"] = counter.Last }], BsonAutoId.ObjectId);
            return;
        }

        var document = (StoredRow.Document)row;
        if (!_collections.TryGetValue(document.Collection, out var collection))
        {
            throw new StoreException($"There is no collection {document.Collection} in this version");
        }

        // As if it had been put for the last time just now; the text stays as it was.
        var before = collection.Read(document.Json, document.Version - 1);
        var prepared = PreparedDocument.Of(_preparation.Prepare(new Write(WriteKind.Guarded, before)));
        foreach (var (field, key) in prepared.UniqueKeys)
        {
            if (_plain.Engine.IdsWith(collection.Name, field, key) is [var other, ..])
            {
                throw new StoreException($"{document.Id} of {collection.Name} has the same {field[2..]} as {other}: {key}; nothing was imported");
            }
        }

        prepared.Document![Fields.Json] = document.Json;
        _plain.Engine.Insert(collection.Name, [prepared.Document], BsonAutoId.ObjectId);
    }
}
