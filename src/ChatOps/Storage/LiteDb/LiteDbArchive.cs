using System.Runtime.CompilerServices;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb.Backups;
using ChatOps.Storage.LiteDb.Control;
using LiteDB;

namespace ChatOps.Storage.LiteDb;

/// <summary>A data file as rows. It is read through a backup beside it, which a running bot makes; it is filled as a new file, which then takes its place.</summary>
internal sealed class LiteDbArchive(string database, IReadOnlyList<Collection> collections, TimeProvider time) : IStoreArchive
{
    public async IAsyncEnumerable<StoredRow> Read([EnumeratorCancellation] CancellationToken cancel)
    {
        var copy = $"{database}.export-{Environment.ProcessId}";
        try
        {
            await new ControlClient(database, time, _ => { }).Backup(copy, replace: true, cancel);
            using var backup = BackupFile.Open(copy);
            foreach (var row in backup.Rows(cancel))
            {
                yield return row;
            }
        }
        finally
        {
            File.Delete(copy);
        }
    }

    public async Task<long> Fill(IAsyncEnumerable<StoredRow> rows, CancellationToken cancel)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(database)!);
            using var present = DatabaseFiles.Open(database, time);
            RefuseFull(present);
            using var next = new NewFile(database, replace: true);
            using (var filling = new Filling(next, collections))
            {
                await foreach (var row in rows.WithCancellation(cancel))
                {
                    filling.Add(row);
                }

                filling.Finish();
            }

            using var filled = BackupFile.Open(next.Partial, next.File);
            var documents = filled.Count(new Pace(time, _ => { }), cancel);
            next.Place();
            return documents;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{database} cannot be written: {failure.Message}", failure);
        }
    }

    private void RefuseFull(DatabaseFiles present)
    {
        Layouts.All.RefuseNewer(present);
        if (present.IsEmpty)
        {
            return;
        }

        PlainEngine.Run(present.Data, present.Log, engine =>
        {
            using var collections = engine.Query("$cols", new Query());
            var names = new List<string>();
            while (collections.Read())
            {
                names.Add(collections.Current["name"].AsString);
            }

            foreach (var name in names.Where(name => !name.StartsWith('$')))
            {
                using var first = engine.Query(name, new Query { Limit = 1 });
                if (first.Read())
                {
                    throw new StoreException($"{database} holds something already (in {name}); it was left as it is. Import into a store that has nothing in it: name another file, or move this one away");
                }
            }
        });
    }
}
