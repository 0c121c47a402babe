using System.Globalization;
using ChatOps.Core.Storage;

namespace ChatOps.Benchmarks.Durability;

/// <summary>A run on a simulated disk, whose power is then cut at any of its moments.</summary>
/// <param name="seed">Decides when it is cut and what is left of that which was not synced.</param>
/// <param name="lying">The control: a disk that ignores syncs must be found out by the same checks, or they prove nothing.</param>
internal sealed class PowerCuts(int seed, bool lying = false)
{
    private const int Lanes = 2;
    private const int Writers = 4;
    private const int Commits = 40;
    private const int MostCharacters = 8_000;

    // So many cuts fall into the making of the file, which is short.
    private const int AtTheBeginning = 20;

    private readonly Lock _lock = new();

    /// <param name="cuts">How often the power is cut.</param>
    /// <param name="told">Told of each cut.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<(PowerCutDisk Disk, Proof Proof)> Run(int cuts, Action<Proof> told, CancellationToken cancel = default)
    {
        var disk = await Recorded();
        var proof = new Proof(0, 0, 0, []);
        await Parallel.ForAsync(0, cuts, new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancel }, async (cut, _) =>
        {
            var one = await Cut(disk, cut);
            lock (_lock)
            {
                told(proof = proof.With(one));
            }
        });
        return (disk, proof);
    }

    private async Task<Proof> Cut(PowerCutDisk disk, int cut)
    {
        var dice = new Random(seed + cut);
        var at = cut < AtTheBeginning && !lying ? 1 + (cut * 3) : 1 + dice.Next(disk.Steps);
        var (left, marked) = disk.Cut(at, dice, lying);
        try
        {
            await using var store = Ledger.Open(left);
            var fault = await Ledger.Fault(store, marked);
            var found = (int)await store.Count(Index<Receipt>.Id, Keys.Between("0", "a"));
            fault ??= await store.Commit(new Commit().Put(new Receipt("afterwards", 1))) == CommitOutcome.Stored ? null : "nothing can be stored afterwards";
            return new(1, marked.Count, found - marked.Count, fault is null ? [] : [$"cut {cut} at {at} of {disk.Steps}: {fault}"]);
        }
        catch (Exception unreadable)
        {
            return new(1, marked.Count, 0, [$"cut {cut} at {at} of {disk.Steps}: {unreadable.Message}"]);
        }
    }

    /// <summary>Several writers, commits over two collections with a unique key, changes, deletions, and enough bytes for several checkpoints.</summary>
    private static async Task<PowerCutDisk> Recorded()
    {
        var disk = new PowerCutDisk();
        await using var store = Ledger.Open(disk);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var dice = new Random(writer);
            for (var i = 0; i < Commits; i++)
            {
                var number = await store.NextNumber(Ledger.Series);
                var name = number.ToString(CultureInfo.InvariantCulture);
                var parcel = new Parcel(name) { Serial = name, Contents = new string('n', dice.Next(MostCharacters)) };
                await store.Commit(new Commit().Put(parcel));
                await store.Commit(new Commit().Put(new Receipt(name, number)).Put(parcel with { Version = 1, Shelf = Ledger.Kept }).Delete(new Receipt($"draft {name}", 0)));
                disk.Mark(number);
                await store.Commit(new Commit().Put(new Receipt($"draft {number + 1}", 0)));
            }
        })));
        return disk;
    }
}
