using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Ethereum.Rpc;

namespace ChatOps.Ethereum;

/// <summary>One chain of the settings with all that is needed to ask it.</summary>
internal sealed class EthereumChain
{
    /// <param name="settings">Which.</param>
    /// <param name="http">Sends the requests.</param>
    /// <param name="times">How patient.</param>
    /// <param name="clock">Measures that.</param>
    /// <param name="watched">What is watched on it now.</param>
    public EthereumChain(ChainSettings settings, HttpClient http, EthereumTimes times, TimeProvider clock, Func<IReadOnlySet<Address>> watched)
    {
        (Settings, Times) = (settings, times);
        Endpoints = new(settings, [.. settings.Endpoints.Select(endpoint => new RpcEndpoint(settings.Name, endpoint, http, times, clock))]);
        Reader = new(settings, Endpoints);
        Client = new(settings, Endpoints, Reader, watched);
        Survey = new(Endpoints, clock);
        Second = new(settings, Endpoints, Reader, clock);
        State = new(settings, Endpoints, clock);
    }

    public ChainSettings Settings { get; }

    public EthereumTimes Times { get; }

    public RpcEndpoints Endpoints { get; }

    public BlockReader Reader { get; }

    public EthereumClient Client { get; }

    public ChainSurvey Survey { get; }

    public SecondLook Second { get; }

    public ChainState State { get; }
}
