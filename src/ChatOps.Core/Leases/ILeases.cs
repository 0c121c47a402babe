namespace ChatOps.Core.Leases;

/// <summary>
/// Work that only one replica may do at a time, by name: <c>chat/slack</c>, <c>pager</c>, <c>chain/mainnet</c>. What goes out to others goes out under a lease.
/// </summary>
public interface ILeases
{
    /// <summary>
    /// Does the work whenever this replica has the lease, until cancelled; then the lease is given back. The work gets a <see cref="Tenure"/> and goes on until that ends. It
    /// checks the tenure before each thing that leaves the program, and its commits expect the tenure's term.
    /// </summary>
    Task Hold(string name, Func<Tenure, Task> work, CancellationToken cancel);

    /// <summary>How the leases stand that this replica has or waits for.</summary>
    IReadOnlyList<LeaseState> States { get; }
}

/// <param name="Name">The lease.</param>
/// <param name="IsHeld">This replica has it.</param>
/// <param name="Holder">The replica that has it, as far as is known; null while nobody has.</param>
public sealed record LeaseState(string Name, bool IsHeld, string? Holder);
