namespace ChatOps.Core.Contracts.Chains;

/// <summary>What goes wrong with following a chain is told to people. Each that can end is ended by the same call without a reason.</summary>
public interface IChainAlarm
{
    /// <summary>No new block has come, or none could be read, for longer than the setting allows.</summary>
    Task ChainLags(string chain, string? why, CancellationToken cancel);

    /// <summary>Endpoints tell different blocks at a height that should be settled: one of them is on another chain or lies.</summary>
    Task ChainDisagrees(string chain, string? why, CancellationToken cancel);

    /// <summary>An endpoint gives nothing that could be used, for some minutes.</summary>
    Task EndpointSilent(string chain, string endpoint, string? why, CancellationToken cancel);

    /// <summary>More blocks were replaced than are remembered. It is told once; a person ends it.</summary>
    Task ChainReplaced(string chain, string what, CancellationToken cancel);
}
