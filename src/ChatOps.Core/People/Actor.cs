namespace ChatOps.Core.People;

/// <summary>Who did something, and from where: what the history remembers.</summary>
/// <param name="Person">The person's id, or the name of the program that did it.</param>
/// <param name="Via">From where, in words: "button, local chat".</param>
public sealed record Actor(string Person, string Via);
