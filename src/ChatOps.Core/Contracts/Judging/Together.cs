using System.Text.RegularExpressions;
using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>
/// What else has to be in the same transaction, certain and normal by itself: <c>Withdraw(from=target, to=receiver, amount=assets)</c>. So a vault may pay out what
/// it says that somebody withdrew, and nothing else.
/// </summary>
/// <param name="Name">A function's or an event's name.</param>
/// <param name="Same">Pairs that have to be equal: of what is judged, of the other. <c>caller</c> and <c>target</c> are who calls and what is called or emits; else an argument's name.</param>
public sealed partial record Together(string Name, IReadOnlyList<(string Own, string Other)> Same)
{
    private const string Caller = "caller";
    private const string Target = "target";

    internal bool Holds(Part part, Part other) =>
        other.Ran && other.Signature is not null && other.Name == Name && !ReferenceEquals(part, other) && Same.All(pair => ValueOf(part, pair.Own) is { } own && own.Equals(ValueOf(other, pair.Other)));

    /// <summary>Null where it is not written so.</summary>
    public static Together? Read(string text) => Written().Match(text) is { Success: true } match
        ? new(match.Groups["name"].Value, [.. match.Groups["own"].Captures.Zip(match.Groups["other"].Captures, (own, other) => (own.Value, other.Value))])
        : null;

    public override string ToString() => Same.Count == 0 ? Name : $"{Name}({string.Join(", ", Same.Select(pair => $"{pair.Own}={pair.Other}"))})";

    private static AbiValue? ValueOf(Part part, string name) => name switch
    {
        Caller => new AbiValue.Account(part.Caller),
        Target => part.Target is { } target ? new AbiValue.Account(target) : null,
        _ => part.Argument(name),
    };

    [GeneratedRegex(@"^\s*(?<name>\w+)\s*(?:\((?:\s*(?<own>\w+)\s*=\s*(?<other>\w+)\s*,?)+\))?\s*$")]
    private static partial Regex Written();
}
