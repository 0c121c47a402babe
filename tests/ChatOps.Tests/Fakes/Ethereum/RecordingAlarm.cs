using ChatOps.Core.Contracts.Chains;

namespace ChatOps.Tests.Fakes.Ethereum;

/// <summary>The alerts about chains that are on, by name.</summary>
internal sealed class RecordingAlarm : IChainAlarm
{
    private readonly Dictionary<string, string> _on = [];

    public IReadOnlyDictionary<string, string> On => _on;

    public Task ChainLags(string chain, string? why, CancellationToken cancel) => Note("lags", why);

    public Task ChainDisagrees(string chain, string? why, CancellationToken cancel) => Note("disagrees", why);

    public Task EndpointSilent(string chain, string endpoint, string? why, CancellationToken cancel) => Note($"silent {endpoint}", why);

    public Task ChainReplaced(string chain, string what, CancellationToken cancel) => Note("replaced", what);

    private Task Note(string name, string? why)
    {
        if (why is null)
        {
            _on.Remove(name);
        }
        else
        {
            _on[name] = why;
        }

        return Task.CompletedTask;
    }
}
