using NodaTime;

namespace ChatOps.Core.Contracts.Chains;

/// <summary>A block of a chain and what it stands on.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Hash">Its own hash: two blocks of one height are told apart by it.</param>
/// <param name="Parent">The hash of the one before it.</param>
/// <param name="At">As its maker dated it.</param>
public sealed record BlockRef(long Number, Word Hash, Word Parent, Instant At);
