using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Watching;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>Says where a rule names what nobody knows: a slip in a label or a function makes a rule that matches nothing, and nobody hears of it.</summary>
internal static class RuleNames
{
    /// <param name="rule">The rule.</param>
    /// <param name="watched">Whose labels are known.</param>
    /// <param name="settings">Whose ABIs are known beside the bundled ones; without a chain no label is looked at.</param>
    /// <returns>The key, and what is wrong, with the nearest right word.</returns>
    public static IEnumerable<(string Key, string What)> Faults(Rule rule, Watched watched, WatchSettings settings)
    {
        var abis = BundledAbis.All.Concat(settings.Abis.Values).ToList();
        // What the shipped rules name is right: anybody may write one like them.
        var functions = abis.SelectMany(abi => abi.Functions).Select(function => function.Signature).Concat(settings.Shipped.SelectMany(shipped => shipped.Functions)).Concat([Part.Receive, Part.Create, Part.Unseen]).ToHashSet();
        var events = abis.SelectMany(abi => abi.Events).Select(found => found.Signature).Concat(settings.Shipped.SelectMany(shipped => shipped.Events)).Concat([Part.BareTransfer, Part.BareApproval]).ToHashSet();
        var labels = watched.All.Select(thing => thing.Label).ToList();
        return
        [
            .. settings.Chains.Count == 0 ? [] : Labels("Watch", rule.Watch.Where(words => !words.StartsWith("kind:", StringComparison.OrdinalIgnoreCase)), labels),
            .. settings.Chains.Count == 0 ? [] : Labels("From", Named(rule.From), labels),
            .. settings.Chains.Count == 0 ? [] : Labels("To", Named(rule.To), labels),
            // A whole signature names its selector, whether an ABI has it or not.
            .. Names("Function", rule.Functions.Where(name => !name.Contains('(', StringComparison.Ordinal) || functions.Any(known => Bare(known) == Bare(name))), functions),
            .. Names("Event", rule.Events, events),
            .. Names("With", rule.With.Select(with => with.Name), [.. functions, .. events]),
        ];
    }

    private static IEnumerable<string> Named(Condition? condition) => condition is null ? [] : condition.In.Concat(condition.NotIn).Where(operand => !operand.IsWord).Select(operand => operand.Text);

    private static IEnumerable<(string Key, string What)> Labels(string key, IEnumerable<string> named, List<string> labels) => named
        .Where(words => !Address.TryParse(words, out _) && !labels.Contains(words, StringComparer.OrdinalIgnoreCase))
        .Select(words => (key, words.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? Address.Fault(words) : $"nothing watched is called \"{words}\"{Near(words, labels)}"));

    private static IEnumerable<(string Key, string What)> Names(string key, IEnumerable<string> named, HashSet<string> known)
    {
        foreach (var name in named.Where(each => each != "*" && !each.StartsWith("0x", StringComparison.Ordinal)))
        {
            // The types may be wrong, or the name.
            var alike = name.Contains('(', StringComparison.Ordinal) ? known.Where(each => Bare(each) == Bare(name)).OrderByDescending(each => each.AsSpan().CommonPrefixLength(name)).ToList() : [];
            if (!known.Contains(name) && (name.Contains('(', StringComparison.Ordinal) || known.All(each => Bare(each) != name)))
            {
                yield return (key, $"no ABI knows \"{name}\"{(alike.Count > 0 ? $"; did you mean {alike[0]}?" : Near(Bare(name), known.Select(Bare).Distinct()))}");
            }
        }
    }

    private static string Bare(string signature) => signature.Split('(')[0];

    private static string Near(string word, IEnumerable<string> known) => NearestWord.To(word, known) is { } near ? $"; did you mean {near}?" : "";
}
