using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Watching;
using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>
/// The closed world: what no rule calls normal is abnormal. Rules are asked in their order and the first that matches decides; what cannot be read for certain no
/// rule makes normal, because nobody knows what it would be about.
/// </summary>
internal static class Judge
{
    /// <param name="facts">The transaction.</param>
    /// <param name="rules">In the order in which they are asked.</param>
    /// <param name="watched">What is watched.</param>
    /// <param name="count">How many transactions a rule with a rate has counted in the time before, without this one.</param>
    public static Judgement Of(JudgedFacts facts, IReadOnlyList<Rule> rules, Watched watched, Func<Rule, Duration, int> count)
    {
        var asked = new Asked(facts, rules, watched, count);
        var verdicts = facts.Parts.Select(part => asked.About(part, [])).ToList();
        // What is normal by itself may make more normal: rules ask for what has to be done together, and what a token says follows from the call.
        List<Part> normal = [.. facts.Parts.Where((_, i) => verdicts[i].Kind == VerdictKind.Normal)];
        verdicts = [.. facts.Parts.Select((part, i) => verdicts[i].Kind == VerdictKind.Normal || normal.Count == 0 ? verdicts[i] : asked.About(part, normal))];
        var causes = Explanation.Of(facts.Parts);
        var parts = facts.Parts.Select((part, i) => Said(part, causes.TryGetValue(part, out var cause) && !IsOwn(verdicts[i]) && VerdictOf(cause) is { Kind: VerdictKind.Normal } word ? word : verdicts[i])).ToList();
        var worst = parts.OrderByDescending(part => part.Verdict.Kind).ThenByDescending(part => part.Verdict.Severity).First();
        return new(worst, parts, [.. asked.Counted.Distinct()]);

        // A rule of the settings or of a person about the event itself goes before; a shipped one may be about bait only.
        bool IsOwn(Verdict verdict) => verdict.Rule is { } name && (verdict.Kind == VerdictKind.Abnormal || rules.FirstOrDefault(rule => rule.Name == name)?.Origin != Rule.ShippedOrigin);

        Verdict VerdictOf(Part cause) => verdicts[facts.Parts.Index().First(each => ReferenceEquals(each.Item, cause)).Index];
    }

    private static PartVerdict Said(Part part, Verdict verdict) => new(part.Thing.Address, part.Thing.Label, part.Words, verdict, part.IsEvent, part.Signature ?? part.Selector, part.Caller)
    {
        Wallet = part.Wallet?.Label,
        Asked = AskedOf(part),
        Ether = part is { Ran: true, Value.IsZero: false, Target: { } target } ? new(target, part.Value) : null,
        Like = verdict.Kind == VerdictKind.Normal ? null : Likeness.Of(part),
    };

    private static string? AskedOf(Part part) => part switch
    {
        { Signing: null } => null,
        { Signature: Part.Receive, Value.IsZero: false, Wallet: { } wallet } => $"{part.Signing} {StateWords.Balance("ETH", part.Value)} from {wallet.Label} to {part.Thing.Label}",
        { Signature: Part.Receive, Value.IsZero: false } => $"{part.Signing} {StateWords.Balance("ETH", part.Value)} from {part.Thing.Label}",
        _ => $"{part.Signing} {part.Words} on {part.Thing.Label}{(part.Wallet is { } by ? $" by {by.Label}" : "")}",
    };

    /// <summary>The rules with one transaction before them.</summary>
    private sealed class Asked(JudgedFacts facts, IReadOnlyList<Rule> rules, Watched watched, Func<Rule, Duration, int> count)
    {
        // One withdrawal pays out once.
        private readonly HashSet<(string Rule, Part With)> _spent = new(Spent.By);

        public List<string> Counted { get; } = [];

        /// <param name="part">What is judged.</param>
        /// <param name="normal">What else of the transaction is normal.</param>
        public Verdict About(Part part, IReadOnlyList<Part> normal)
        {
            var severity = part.Things.Max(thing => thing.Severity);
            // Only a rule that says abnormal is heard about what cannot be read; and one that names an unknown selector knows what it names.
            var odd = part.Oddities.FirstOrDefault(oddity => oddity.Kind is not (OddityKind.Unknown or OddityKind.Trailing)) ?? part.Oddities.FirstOrDefault(oddity => oddity.Kind == OddityKind.Trailing);
            if (odd is { Kind: OddityKind.Trailing } && watched.Find(facts.Chain, part.Caller) is null && First(part, normal, rule => MayPass(part, rule)) is { } passed)
            {
                // A stranger's own doing, and its arguments can be read for certain: no reason to wake anybody.
                return new(passed.Verdict == VerdictKind.Normal ? VerdictKind.Review : passed.Verdict, passed.Severity ?? severity, passed.Name, $"{WhyOf(passed, part).TrimEnd('.')}; but {odd.Words}.");
            }

            var first = First(part, normal, rule => rule.Verdict == VerdictKind.Abnormal || (odd is null && (rule.Verdict != VerdictKind.Normal || MayPass(part, rule))));
            return first is not null ? new(first.Verdict, first.Severity ?? severity, first.Name, WhyOf(first, part))
                : odd is not null ? new(VerdictKind.Abnormal, severity, null, $"{odd.Words.TrimEnd('.')}.")
                : new(VerdictKind.Abnormal, severity, null, Unexpected(part, facts));
        }

        private Rule? First(Part part, IReadOnlyList<Part> normal, Func<Rule, bool> mayDecide)
        {
            foreach (var rule in rules.Where(rule => rule.Matches(part, facts, watched) && mayDecide(rule)))
            {
                if (rule.With.Count > 0 && !Spends(rule, part, normal))
                {
                    continue;
                }

                if (rule.Rate is not { } rate)
                {
                    return rule;
                }

                Counted.Add(rule.Name);
                if (count(rule, rate.Within) + 1 > rate.MoreThan)
                {
                    return rule;
                }
            }

            return null;
        }

        private bool Spends(Rule rule, Part part, IReadOnlyList<Part> normal) =>
            normal.FirstOrDefault(other => rule.With.Any(with => with.Holds(part, other)) && !_spent.Contains((rule.Name, other))) is { } with && _spent.Add((rule.Name, with));

        // What happened out of sight nobody can call normal.
        private static bool MayPass(Part part, Rule rule) => part.Signature is { } known ? known != Part.Unseen : NamesSelector(rule);
    }

    /// <summary>Two parts may be equal and are still two.</summary>
    private sealed class Spent : IEqualityComparer<(string Rule, Part With)>
    {
        public static Spent By { get; } = new();

        public bool Equals((string Rule, Part With) x, (string Rule, Part With) y) => x.Rule == y.Rule && ReferenceEquals(x.With, y.With);

        public int GetHashCode((string Rule, Part With) obj) => HashCode.Combine(obj.Rule, System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj.With));
    }

    private static bool NamesSelector(Rule rule) => rule.Functions.Any(name => name.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || name.Contains('(', StringComparison.Ordinal));

    private static string WhyOf(Rule rule, Part part) => rule switch
    {
        { Why.Length: > 0, Rate: { } rate } => $"{rule.Why.TrimEnd('.')} (more than {rate.MoreThan} in {Time.WallClock.SaySpan(rate.Within)}).",
        { Why.Length: > 0 } => $"{rule.Why.TrimEnd('.')}.",
        { Rate: { } rate } => $"{part.Words} on {part.Thing.Label} came more than {rate.MoreThan} times in {Time.WallClock.SaySpan(rate.Within)}.",
        _ => $"{part.Words} on {part.Thing.Label} is what this rule is about.",
    };

    private static string Unexpected(Part part, JudgedFacts facts) => part switch
    {
        { Signature: Part.Unseen } => $"{part.Thing.Label} was touched or did something by a call inside another, and what it was I cannot see.",
        { Oddities: [var odd, ..] } => $"{odd.Words.TrimEnd('.')}; no rule knows it.",
        { IsEvent: true } => $"{part.Thing.Label} said {part.Name}; no rule calls that normal.",
        _ when !facts.Succeeded => $"Somebody tried {part.Words} on {part.Thing.Label} and it failed; no rule calls that normal.",
        { Things: [var target, var wallet, ..] } => $"{wallet.Label} calls {part.Words} on {target.Label}; no rule calls that normal.",
        { Things: [{ IsWallet: true } wallet] } when part.Caller == wallet.Address => $"{wallet.Label} makes a call of its own, {part.Words}; no rule calls that normal.",
        _ => $"No rule calls {part.Words} on {part.Thing.Label} normal.",
    };
}
