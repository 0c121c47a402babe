using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Storage;
using ChatOps.Ethereum.Rpc;
using ChatOps.Web;

namespace ChatOps.Ethereum;

internal static class EthereumRegistration
{
    /// <summary>The chains of the settings. What they bring goes to the <see cref="ITransactionIntake"/>.</summary>
    public static IServiceCollection AddEthereum(this IServiceCollection services, IReadOnlyList<ChainSettings> chains)
    {
        services.AddSingleton<Collection>(ChainCursor.Collection);
        foreach (var chain in chains)
        {
            var key = $"chain/{chain.Name}";
            services
                .AddKeyedSingleton(key, (provider, _) => new EthereumChain(
                    chain,
                    RpcEndpoint.NewClient(),
                    EthereumTimes.Usual,
                    provider.GetRequiredService<TimeProvider>(),
                    // Resolved when it is asked: the intake may itself ask chains.
                    () => provider.GetService<ITransactionIntake>()?.Watched(chain.Name) ?? new HashSet<Address>()))
                .AddSingleton(provider => provider.GetRequiredKeyedService<EthereumChain>(key))
                .AddSingleton<IChainClient>(provider => provider.GetRequiredKeyedService<EthereumChain>(key).Client)
                .AddSingleton<IReadiness>(provider => provider.GetRequiredKeyedService<EthereumChain>(key).State);
        }

        return chains.Count == 0 ? services : services.AddHostedService<ChainFollower>();
    }
}
