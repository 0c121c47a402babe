namespace ChatOps.Benchmarks.Durability;

/// <summary>What a durability run has shown.</summary>
/// <param name="Times">How many kills or cuts.</param>
/// <param name="Answered">Answered commits that were checked.</param>
/// <param name="Unanswered">Commits that were found whole although nobody had been told of them.</param>
/// <param name="Faults">What was lost or torn, a sentence each.</param>
internal sealed record Proof(int Times, long Answered, long Unanswered, IReadOnlyList<string> Faults)
{
    public Proof With(Proof more) => new(Times + more.Times, Answered + more.Answered, Unanswered + more.Unanswered, [.. Faults, .. more.Faults]);
}
