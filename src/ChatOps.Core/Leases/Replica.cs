namespace ChatOps.Core.Leases;

/// <summary>This process, as the others on the same store know it.</summary>
/// <param name="Name">For people, and the same after a restart. No two that run at the same time may share it.</param>
public sealed record Replica(string Name)
{
    /// <summary>Another one at each start: what an earlier process of the same name held, this one does not hold.</summary>
    public string Run { get; } = Guid.NewGuid().ToString("N");
}
