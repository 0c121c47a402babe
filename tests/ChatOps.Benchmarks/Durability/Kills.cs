using ChatOps.Core.Storage;

namespace ChatOps.Benchmarks.Durability;

/// <summary>kill -9 while several threads are being answered: what was answered is there when the file is opened again.</summary>
/// <param name="folder">Where the files go.</param>
/// <param name="seed">Decides when each child dies.</param>
internal sealed class Kills(string folder, int seed)
{
    // Opening, writing and dying again on what the last one left is the point; checking all of a file that only grows is not.
    private const int RoundsOfAFile = 10;

    private const int Lanes = 2;
    private const int LatestMilliseconds = 250;

    // A child that has just started is slow to answer: most are killed some time after their first answer, one in so many some time after it opened the file.
    private const int OneInSoMany = 5;

    private readonly Lock _lock = new();

    /// <param name="rounds">How many are killed.</param>
    /// <param name="told">Told of each round.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<Proof> Run(int rounds, Action<Proof> told, CancellationToken cancel = default)
    {
        var proof = new Proof(0, 0, 0, []);
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(Lane, cancel)));
        return proof;

        async Task Lane()
        {
            while (Interlocked.Increment(ref next) * RoundsOfAFile is var first && first < rounds)
            {
                await OnOneFile(first, Math.Min(RoundsOfAFile, rounds - first), round =>
                {
                    lock (_lock)
                    {
                        told(proof = proof.With(round));
                    }
                }, cancel);
            }
        }
    }

    private async Task OnOneFile(int first, int rounds, Action<Proof> told, CancellationToken cancel)
    {
        var path = Path.Combine(folder, $"killed-{first}", "chatops.db");
        var dice = new Random(seed + first);
        var answered = new HashSet<long>();
        for (var round = 0; round < rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            var now = await Killed(TimeSpan.FromMilliseconds(dice.Next(LatestMilliseconds)), dice.Next(OneInSoMany) > 0, path);
            var twice = now.Find(number => !answered.Add(number));
            await using var store = Ledger.Open(path);
            var fault = twice == 0 ? await Ledger.Fault(store, answered) : $"the number {twice} was given twice";
            var stored = (int)await store.Count(Index<Receipt>.Id, Keys.All, cancel);
            told(new Proof(1, now.Count, stored - answered.Count, fault is null ? [] : [$"kill {first + round + 1}: {fault}"]));
            // What was stored and not answered counts once.
            answered.UnionWith((await store.List(Index<Receipt>.Id, Keys.All, cancel: cancel)).Select(receipt => receipt.Number));
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static async Task<List<long>> Killed(TimeSpan after, bool firstAnswered, string path)
    {
        using var child = StoreChild.Start(path);
        var answered = new List<long>();
        var kill = firstAnswered ? null : Kill();
        // A line that was cut short could not be told from a number, but the pipe takes short lines whole.
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            answered.Add(long.Parse(line));
            kill ??= Kill();
        }

        await (kill ?? Task.CompletedTask);
        await child.WaitForExitAsync();
        return answered;

        async Task Kill()
        {
            await Task.Delay(after, TimeProvider.System);
            child.Kill();
        }
    }
}
