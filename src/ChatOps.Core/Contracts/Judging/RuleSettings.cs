using ChatOps.Core.Settings;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>The settings <c>Contracts:Rules</c>.</summary>
internal static class RuleSettings
{
    public static IReadOnlyList<Rule> Read(SettingsReader contracts, string origin)
    {
        var rules = new List<Rule>();
        foreach (var section in contracts.Sections("Rules"))
        {
            var (rule, faults) = RuleText.Read(section.Flat(), origin, $"rule {section.Name}");
            foreach (var (key, what) in faults)
            {
                section.Fault(key, what);
            }

            if (rule is null)
            {
                continue;
            }

            if (rules.Exists(other => string.Equals(other.Name, rule.Name, StringComparison.OrdinalIgnoreCase)))
            {
                section.Fault("Name", $"there are two rules called \"{rule.Name}\"");
            }

            rules.Add(rule);
        }

        return rules;
    }
}
