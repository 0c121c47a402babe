using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Time;
using ChatOps.Ethereum.Rpc;
using NodaTime;

namespace ChatOps.Ethereum;

/// <summary>Asks each endpoint of a chain what it is and how far it is, and says what to do where it is of no use.</summary>
internal sealed class ChainCheck(ChainSettings settings, Action<string> say, TimeProvider clock)
{
    /// <returns>How many endpoints do not do their work.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        using var http = RpcEndpoint.NewClient();
        var chain = new EthereumChain(settings, http, EthereumTimes.Usual, clock, () => new HashSet<Address>());
        var wrong = 0;
        foreach (var endpoint in chain.Endpoints.All)
        {
            try
            {
                say($"Chain {settings.Name}: {endpoint.Name} {await chain.Endpoints.Try(endpoint, Words, cancel)}");
            }
            catch (RpcFault fault)
            {
                wrong++;
                say($"Chain {settings.Name}: {endpoint.Name} {fault.Message}.");
            }
        }

        await chain.Survey.Look(cancel);
        if (chain.Survey.Disagreement is { } disagreement)
        {
            wrong++;
            say($"Chain {settings.Name}: {disagreement}");
        }

        return wrong;
    }

    private async Task<string> Words(RpcEndpoint endpoint, CancellationToken cancel)
    {
        var head = await EthereumClient.Block(endpoint, "latest", cancel) ?? throw new RpcFault(RpcFaultKind.Behind, "has no newest block: it is still fetching the chain");
        var age = clock.Now() - head.At;
        if (age > settings.LagAlarm && settings.LagAlarm > Duration.Zero)
        {
            throw new RpcFault(RpcFaultKind.Behind, $"is behind: its newest block {head.Number} is {WallClock.SaySpan(age)} old");
        }

        if (settings.Traces && await Tracing.Blocks(endpoint, [head.Hash], new WatchedAddresses(new HashSet<Address>()), cancel) is null)
        {
            throw new RpcFault(RpcFaultKind.Unsupported, "does not trace: choose another endpoint, or take Traces away and do without calls inside others' transactions");
        }

        return $"is at block {head.Number}, {WallClock.SaySpan(Duration.Max(age, Duration.Zero))} old{(settings.Traces ? ", and traces" : "")}.";
    }
}
