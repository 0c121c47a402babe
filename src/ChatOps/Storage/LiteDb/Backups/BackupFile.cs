using ChatOps.Core.Storage;
using LiteDB;
using LiteDB.Engine;

namespace ChatOps.Storage.LiteDb.Backups;

/// <summary>A data file without a log, opened to read: a backup, or a copy that is to be one. It is read in small portions, because LiteDB keeps the pages of a query in memory until that ends.</summary>
internal sealed class BackupFile : IDisposable
{
    private const int Portion = 500;

    private readonly DatabaseFiles _files;
    private readonly LiteEngine _engine;

    private readonly DiskFile? _owned;

    private BackupFile(DatabaseFiles files, DiskFile? owned)
    {
        (_files, _owned) = (files, owned);
        _engine = new LiteEngine(new EngineSettings { DataStream = new DataStream(files.Data), LogStream = new MemoryStream() });
    }

    public long Bytes => _files.Data.Length;

    /// <summary>Checks the file and opens it.</summary>
    /// <exception cref="StoreException">It is no whole data file of ours, it is newer than this program, or it cannot be read.</exception>
    public static BackupFile Open(string path)
    {
        if (Directory.Exists(path) || !File.Exists(path))
        {
            throw new StoreException(Directory.Exists(path) ? $"{path} is a folder; give a backup's file name" : $"There is no file {path}");
        }

        if (new FileInfo(DatabaseFiles.LogPath(path)) is { Exists: true, Length: > 0 } log)
        {
            throw new StoreException($"{path} is not a backup but a data file: its log {log.FullName} belongs to it. Make a backup of it: chatops backup FILE \"--Storage:ConnectionString=Filename={path}\"");
        }

        DiskFile? file = null;
        try
        {
            file = DiskFile.Read(path);
            return new BackupFile(Check(path, file), file);
        }
        catch (Exception failure)
        {
            file?.Dispose();
            throw failure is StoreException ? failure : new StoreException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>As <see cref="Open(string)"/>, of a file that is open already and stays so.</summary>
    public static BackupFile Open(string path, DiskFile file) => new(Check(path, file), null);

    /// <summary>How many documents there are. It reads every id, so it proves that the file can be read.</summary>
    public long Count(Pace pace, CancellationToken cancel)
    {
        var count = 0L;
        foreach (var collection in Collections().Where(name => name != Counters.Collection))
        {
            foreach (var _ in Documents(collection, "{ _id: $._id }", cancel))
            {
                count++;
                pace.Tell(() => $"checked {count} documents");
            }
        }

        return count;
    }

    /// <summary>All rows: counters first, then documents by collection and id.</summary>
    public IEnumerable<StoredRow> Rows(CancellationToken cancel)
    {
        foreach (var counter in Documents(Counters.Collection, "$", cancel))
        {
            yield return new StoredRow.Counter(counter["_id"].AsString, counter["last"].AsInt64);
        }

        foreach (var collection in Collections().Where(name => name != Counters.Collection))
        {
            foreach (var stored in Documents(collection, "$", cancel))
            {
                yield return new StoredRow.Document(collection, stored["_id"].AsString, stored[Fields.Version].AsInt64, stored[Fields.Json].AsString);
            }
        }
    }

    public void CopyTo(IDiskFile target, Pace pace, CancellationToken cancel) => DataCopy.Write(_files.Data, _files.Log, 0, target, pace, cancel);

    public void Dispose()
    {
        _engine.Dispose();
        _owned?.Dispose();
    }

    private static DatabaseFiles Check(string path, DiskFile file)
    {
        var files = new DatabaseFiles(path, new View(file), new View(null));
        if (files.IsEmpty || files.Header.Layout == 0)
        {
            throw new StoreException($"The file {path} is empty: it is no backup");
        }

        Layouts.All.RefuseNewer(files);
        // Every page carries its own number; another one, or none, stands where a disk or a copy went wrong.
        var number = new byte[4];
        for (var page = 0L; page <= files.Header.LastPage; page++)
        {
            files.Data.Read(number, page * LogStream.PageSize);
            if (BitConverter.ToUInt32(number) != page)
            {
                throw new StoreException($"The database file {path} is damaged: page {page} is not what it has to be");
            }
        }

        return files;
    }

    private List<string> Collections()
    {
        using var reader = _engine.Query("$cols", new Query());
        var names = new List<string>();
        while (reader.Read())
        {
            if (reader.Current["type"].AsString == "user")
            {
                names.Add(reader.Current["name"].AsString);
            }
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }

    private IEnumerable<BsonDocument> Documents(string collection, string select, CancellationToken cancel)
    {
        var last = "";
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var found = After(collection, select, last);
            foreach (var document in found)
            {
                yield return document;
            }

            if (found.Count < Portion)
            {
                yield break;
            }

            last = found[^1]["_id"].AsString;
        }
    }

    private List<BsonDocument> After(string collection, string select, string last)
    {
        var query = new Query { Limit = Portion, Order = Query.Ascending, OrderBy = BsonExpression.Create("$._id"), Select = BsonExpression.Create(select) };
        query.Where.Add(BsonExpression.Create("$._id > @0", last));
        try
        {
            using var reader = _engine.Query(collection, query);
            var found = new List<BsonDocument>(Portion);
            while (reader.Read())
            {
                found.Add(reader.Current.AsDocument);
            }

            return found;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new StoreException($"{_files.Path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>A file that somebody else closes and nobody writes to, or none at all.</summary>
    private sealed class View(IDiskFile? file) : IDiskFile
    {
        public long Length => file?.Length ?? 0;

        public int Read(Span<byte> into, long position) => file?.Read(into, position) ?? 0;

        public void Write(ReadOnlySpan<byte> bytes, long position) => throw new NotSupportedException("A backup is only read");

        public void SetLength(long length) => throw new NotSupportedException("A backup is only read");

        public void Sync()
        {
        }

        public void Dispose()
        {
        }
    }
}
