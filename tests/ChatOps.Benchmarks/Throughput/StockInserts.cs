using LiteDB;

namespace ChatOps.Benchmarks.Throughput;

/// <summary>LiteDB as it comes: one caller, one insert after another, each written to the disk before the next.</summary>
internal static class StockInserts
{
    /// <returns>Inserts a second.</returns>
    public static double Measure(string path, int inserts)
    {
        var done = TimeSpan.Zero;
        // LiteDB writes its log before an insert returns only where no SynchronizationContext sends its continuations elsewhere.
        var thread = new Thread(() =>
        {
            using var database = new LiteDatabase(path);
            var parcels = database.GetCollection("parcels");
            parcels.EnsureIndex("serial");
            parcels.Insert(Parcel(-1));
            var began = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < inserts; i++)
            {
                parcels.Insert(Parcel(i));
            }

            done = TimeProvider.System.GetElapsedTime(began);
        });
        thread.Start();
        thread.Join();
        return inserts / done.TotalSeconds;
    }

    private static BsonDocument Parcel(int i) => new() { ["_id"] = $"{i}", ["serial"] = $"{i}", ["contents"] = StoreCommits.Contents };
}
