using System.Text.Json;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Ethereum.Parsing;
using NodaTime;

namespace ChatOps.Ethereum.Rpc;

/// <summary>The endpoints of one chain, in the order of the settings: the first that can does the work. One that fails rests, and the next does it from the beginning.</summary>
internal sealed class RpcEndpoints(ChainSettings chain, IReadOnlyList<RpcEndpoint> endpoints)
{
    public IReadOnlyList<RpcEndpoint> All => endpoints;

    /// <summary>How long until one can be asked again that rests; null: one can be asked now, or none ever.</summary>
    public Duration? Resting => endpoints.All(endpoint => endpoint.State.Resting is not null) ? endpoints.Min(endpoint => endpoint.State.Resting) : null;

    /// <param name="work">Asks one endpoint for all that it needs, so that one node answers all of it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ChainException">None can do it.</exception>
    public async Task<T> Ask<T>(Func<RpcEndpoint, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        RpcFault? last = null;
        foreach (var endpoint in endpoints.OrderBy(endpoint => endpoint.State.IsSlow))
        {
            if (endpoint.State.Resting is not null)
            {
                continue;
            }

            try
            {
                return await Try(endpoint, work, cancel);
            }
            catch (RpcFault fault)
            {
                last = fault;
            }
        }

        throw new ChainException($"No endpoint of {chain.Name} does it: {string.Join("; ", endpoints.Select(endpoint => $"{endpoint.Name}: {endpoint.State.Trouble ?? "not asked"}"))}", last);
    }

    /// <summary>One endpoint, whether it rests or not.</summary>
    public async Task<T> Try<T>(RpcEndpoint endpoint, Func<RpcEndpoint, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        try
        {
            if (endpoint.State.ChainId != chain.ChainId)
            {
                await CheckChain(endpoint, cancel);
            }

            var done = await work(endpoint, cancel);
            endpoint.State.Works();
            return done;
        }
        catch (RpcFault fault)
        {
            endpoint.State.Fails(fault);
            throw;
        }
    }

    /// <summary>What another chain says must not be taken for this one's.</summary>
    public async Task CheckChain(RpcEndpoint endpoint, CancellationToken cancel)
    {
        long id = 0;
        endpoint.State.ChainId = null;
        await endpoint.Ask(new RpcBatch().Add("eth_chainId"), (int _, ref Utf8JsonReader json) => id = json.Number(), cancel);
        endpoint.State.ChainId = id;
        if (id != chain.ChainId)
        {
            throw new RpcFault(RpcFaultKind.Refused, $"is of chain {id} and not of {chain.ChainId}; correct Chains:…:RpcUrls or ChainId");
        }
    }
}
