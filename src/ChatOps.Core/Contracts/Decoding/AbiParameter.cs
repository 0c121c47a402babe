namespace ChatOps.Core.Contracts.Decoding;

/// <param name="Name">Empty where the ABI has none.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsIndexed">Of an event: it stands among the topics.</param>
public sealed record AbiParameter(string Name, AbiType Type, bool IsIndexed = false);
