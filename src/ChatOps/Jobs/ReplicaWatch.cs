using ChatOps.Core.Leases;
using ChatOps.Core.Storage;

namespace ChatOps.Jobs;

/// <summary>
/// Sees to it that no two replicas run under one name: each holds the lease <c>replica/its-name</c>, and stops when it sees somebody else renew that.
/// </summary>
internal sealed class ReplicaWatch(Replica replica, ILeases leases, IStore store, TimeProvider clock) : BackgroundService
{
    // A process that was killed may have one last renewal on its way; two are another that lives.
    private const int RenewalsOfTheLiving = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var name = $"replica/{replica.Name}";
            var holding = leases.Hold(name, tenure => Task.Delay(Timeout.InfiniteTimeSpan, clock, tenure.Ended), stoppingToken);
            await await Task.WhenAny(holding, Watch(name, stoppingToken));
            await holding;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task Watch(string name, CancellationToken cancel)
    {
        Lease? before = null;
        var renewals = 0;
        while (true)
        {
            await Task.Delay(LeaseTimes.Look, clock, cancel);
            if (await Find(name, cancel) is not { } lease)
            {
                continue;
            }

            renewals = lease.IsFree || lease.Run == replica.Run || lease.Run != before?.Run ? 0 : lease.Version == before.Version ? renewals : renewals + 1;
            before = lease;
            if (renewals == RenewalsOfTheLiving)
            {
                throw new StoreException($"Another replica called {replica.Name} is running on this database. Give each a name of its own: Replica__Name");
            }
        }
    }

    private async Task<Lease?> Find(string name, CancellationToken cancel)
    {
        try
        {
            return await store.Find<Lease>(name, cancel);
        }
        catch (StoreException)
        {
            return null; // nobody renews anything now
        }
    }
}
