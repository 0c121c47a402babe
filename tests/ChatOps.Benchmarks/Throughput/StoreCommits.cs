using System.Globalization;
using ChatOps.Benchmarks.Durability;
using ChatOps.Core.Storage;

namespace ChatOps.Benchmarks.Throughput;

/// <summary>The bot's store: each caller waits until its commit is on the disk, and those who wait together share the disk's syncs.</summary>
internal static class StoreCommits
{
    /// <summary>With it a document is about 450 bytes.</summary>
    public static readonly string Contents = new('c', 380);

    /// <returns>Commits a second.</returns>
    public static async Task<double> Measure(string path, int commits, int callers)
    {
        await using var store = Ledger.Open(path);
        await store.Commit(new Commit().Put(Parcel(-1)));
        var next = -1;
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < commits)
            {
                if (await store.Commit(new Commit().Put(Parcel(i))) != CommitOutcome.Stored)
                {
                    throw new InvalidOperationException($"The parcel {i} is there already.");
                }
            }
        })));
        return commits / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static Parcel Parcel(int i)
    {
        var name = i.ToString(CultureInfo.InvariantCulture);
        return new(name) { Serial = name, Contents = Contents };
    }
}
