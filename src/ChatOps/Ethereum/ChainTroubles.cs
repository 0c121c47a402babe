using ChatOps.Core.Contracts.Chains;
using ChatOps.Ethereum.Rpc;

namespace ChatOps.Ethereum;

/// <summary>Tells what goes wrong with a chain when it begins and when it ends, and not in between. At the start all of it is said once, because what another process began may have ended.</summary>
internal sealed class ChainTroubles(ChainSettings chain, RpcEndpoints endpoints, ChainSurvey survey, SecondLook second, ChainState state, IChainAlarm alarm, EthereumTimes times)
{
    private readonly Dictionary<string, bool> _told = [];

    public void Forget() => _told.Clear();

    public async Task Tell(CancellationToken cancel)
    {
        await Tell("lag", state.Lag(), why => alarm.ChainLags(chain.Name, why, cancel));
        await Tell("disagreement", survey.Disagreement ?? second.Contradiction, why => alarm.ChainDisagrees(chain.Name, why, cancel));
        foreach (var endpoint in endpoints.All)
        {
            var why = endpoint.State.Troubled is { } troubled && troubled > times.Silence ? endpoint.State.Trouble : null;
            // Trouble that is still young neither begins nor ends an alert.
            if (why is not null || endpoint.State.Trouble is null)
            {
                await Tell(endpoint.Name, why, said => alarm.EndpointSilent(chain.Name, endpoint.Name, said, cancel));
            }
        }
    }

    private async Task Tell(string what, string? why, Func<string?, Task> tell)
    {
        if (!_told.TryGetValue(what, out var firing) || firing != why is not null)
        {
            await tell(why);
            _told[what] = why is not null;
        }
    }
}
