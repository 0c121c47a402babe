namespace ChatOps.Core.Contracts.Decoding;

/// <param name="Arguments">In their order; empty where they cannot be read.</param>
/// <param name="Oddities">What is wrong with the encoding; empty: reading and writing it again gives the same bytes.</param>
public sealed record AbiReading(IReadOnlyList<DecodedArgument> Arguments, IReadOnlyList<Oddity> Oddities);
