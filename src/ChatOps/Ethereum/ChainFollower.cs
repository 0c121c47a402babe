using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Leases;
using ChatOps.Core.Storage;

namespace ChatOps.Ethereum;

/// <summary>Follows each chain whose lease this replica has: <c>chain/mainnet</c>.</summary>
internal sealed class ChainFollower(
    IEnumerable<EthereumChain> chains, ITransactionIntake intake, IStore store, IChainAlarm alarm, ILeases leases, TimeProvider clock, ILogger<ChainFollowing> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(chains.Select(chain =>
    {
        var following = new ChainFollowing(chain, intake, store, alarm, clock, log);
        return leases.Hold($"chain/{chain.Settings.Name}", following.Follow, stoppingToken);
    }));
}
