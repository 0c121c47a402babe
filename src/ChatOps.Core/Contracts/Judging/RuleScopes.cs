using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>What a click on Normal may let pass from then on.</summary>
internal enum RuleScope
{
    /// <summary>Nothing: it was normal this once.</summary>
    Once,

    /// <summary>The same function of the same contract with the same arguments, and no more in amount, from the same caller.</summary>
    Caller,

    /// <summary>The same by anybody.</summary>
    Anybody,
}

/// <summary>Makes a rule of one transaction: as narrow as it can be, because whoever clicks at night does not foresee everything.</summary>
internal static class RuleScopes
{
    public static ChatRule? Of(WatchedTransaction transaction, RuleScope scope, string why, string by, Instant now)
    {
        var deciding = transaction.Judgement.Deciding;
        if (deciding is not { Name: { } name, Like: { } like })
        {
            return null;
        }

        var words = new Dictionary<string, string>(like)
        {
            ["Name"] = $"{transaction.Id}, {by}",
            ["Watch"] = deciding.Thing.ToString(),
            [deciding.IsEvent ? "Event" : "Function"] = name,
            ["Status"] = transaction.Failed ? "failed" : "success",
            ["Verdict"] = "normal",
            ["Why"] = why,
        };
        if (scope == RuleScope.Caller)
        {
            words["From"] = deciding.Caller.ToString();
        }

        return new ChatRule(words["Name"].ToLowerInvariant(), words, by, now);
    }
}
