namespace ChatOps.Core.People;

/// <summary>Who did something, and from where: what the history remembers.</summary>
/// <param name="Person">The person's id, or the name of the program that did it.</param>
/// <param name="Via">From where, in words that follow "by": "button, local chat", "Alertmanager, receiver hook".</param>
public sealed record Actor(string Person, string Via);
