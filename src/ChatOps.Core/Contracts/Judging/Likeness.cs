using System.Globalization;
using ChatOps.Core.Contracts.Decoding;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>
/// What a rule has to ask so that it lets pass the like of one part and nothing more: the same contract, the same arguments, amounts and ether up to those that were
/// seen. Whoever clicks at night does not foresee everything.
/// </summary>
internal static class Likeness
{
    private const int LongestBytes = 1_024;

    // Of these less is as good as what was seen; of all other numbers, a threshold or a state, less may be worse.
    private static readonly HashSet<string> Amounts = new(["amount", "value", "assets", "shares", "wad"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The rule's words; null where no rule can say it: nobody saw what happened, a contract is created, or an argument cannot be written down.</summary>
    public static IReadOnlyDictionary<string, string>? Of(Part part)
    {
        if (part.Signature is Part.Unseen or Part.Create || part.Target is not { } target || (part.Signature ?? part.Selector) is null || part.Oddities.Count > 0)
        {
            return null;
        }

        var words = new Dictionary<string, string> { ["To"] = target.ToString() };
        if (!part.IsEvent)
        {
            words["Value:max"] = part.Value.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var argument in part.Arguments)
        {
            var name = argument.Name.TrimStart('_');
            if (name.Length == 0 || name.Contains(':', StringComparison.Ordinal) || Text(argument.Value) is not { } text || !words.TryAdd($"Args:{name}{(Amounts.Contains(name) ? ":max" : "")}", text))
            {
                return null;
            }
        }

        return words;
    }

    private static string? Text(AbiValue value) => value switch
    {
        AbiValue.Account account => account.Value.ToString(),
        AbiValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        AbiValue.Truth truth => truth.Value ? "true" : "false",
        AbiValue.Bytes bytes when bytes.Value.Length <= LongestBytes => "0x" + Convert.ToHexStringLower(bytes.Value.Span),
        // A text may read as a condition of its own, and a list is compared part by part.
        _ => null,
    };
}
