using ChatOps.Core.Storage;

namespace ChatOps.Core.Leases;

/// <summary>
/// Who has a name. The holder writes it anew every few seconds; while its version grows, the holder lives. No times are in it, because the clocks of two machines
/// never agree.
/// </summary>
/// <param name="Id">The lease's name.</param>
/// <param name="Holder">The replica's name; empty when it was given back.</param>
/// <param name="Run">The process; empty when it was given back.</param>
public sealed record Lease(string Id, string Holder = "", string Run = "") : Document(Id), IStored<Lease>
{
    public static Collection<Lease> Collection { get; } = new("leases");

    public bool IsFree => Run.Length == 0;
}

/// <summary>
/// A name's holder, written only when a tenure begins: its version is the tenure's epoch. A commit that expects it
/// (<see cref="Commit.Expect"/>) is refused as soon as a later tenure has begun, whatever the one who sends it believes.
/// </summary>
public sealed record Term(string Id, string Holder = "") : Document(Id), IStored<Term>
{
    public static Collection<Term> Collection { get; } = new("terms");
}
