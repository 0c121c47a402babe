namespace ChatOps.Core.Chat.Delivery;

/// <summary>
/// A storm, on a platform that takes several messages at once. Each message costs three commits that wait for the disk one after another; those of several messages
/// share the disk's syncs.
/// </summary>
public sealed partial class DeliveryWorker
{
    /// <summary>Threads go out side by side, each in its own order: what stands in a thread stays behind its root.</summary>
    private async Task<int> DeliverAtOnce(Round round, IEnumerable<Pending> all)
    {
        var done = 0;
        var drawn = new List<(Pending Pending, Drawing? Drawing)>();
        foreach (var pending in all)
        {
            await OrWait(round, pending.Face, Drawn);

            async Task<bool> Drawn()
            {
                drawn.Add((pending, await Draw(pending.Face, round.Cancel)));
                return true;
            }
        }

        var threads = drawn.GroupBy(each => each.Drawing?.ThreadOf ?? each.Pending.Face);
        await Parallel.ForEachAsync(threads, new ParallelOptions { MaxDegreeOfParallelism = round.Platform.Concurrency, CancellationToken = round.Cancel }, async (thread, _) =>
        {
            foreach (var (pending, drawing) in thread)
            {
                if (await OrWait(round, pending.Face, () => Deliver(round, pending, drawing)))
                {
                    Interlocked.Increment(ref done);
                }
            }
        });
        return done;
    }
}
