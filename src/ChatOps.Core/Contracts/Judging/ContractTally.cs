using System.Numerics;
using ChatOps.Core.Chat;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Watching;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>What happened with one watched address, for the digest.</summary>
internal sealed record ContractTally(Address Address, string Label)
{
    private const int MostNames = 4;
    private const int BarLength = 12;

    private readonly Dictionary<string, int> _what = [];
    private readonly Dictionary<string, int> _who = [];
    private readonly Dictionary<string, int> _signers = [];

    // By the way and the unit: in, out, or of a token itself moved.
    private readonly SortedDictionary<(string Way, string Unit), BigInteger> _moved = [];

    // What people said otherwise than the rules.
    private readonly Dictionary<(VerdictKind ByRules, VerdictKind Said, string By), int> _judged = [];

    public int Transactions { get; private set; }

    public int Abnormal { get; private set; }

    public int Review { get; private set; }

    private int Failed { get; set; }

    public ContractTally With(WatchedTransaction transaction, IReadOnlyCollection<PartVerdict> parts, Watched watched)
    {
        Transactions++;
        var byRules = parts.Max(part => part.Verdict.Kind);
        var worst = transaction.Judged?.Kind ?? byRules;
        if (transaction.Judged is { } word && word.Kind != byRules)
        {
            _judged[(byRules, word.Kind, word.By)] = _judged.GetValueOrDefault((byRules, word.Kind, word.By)) + 1;
        }

        Abnormal += worst == VerdictKind.Abnormal ? 1 : 0;
        Review += worst == VerdictKind.Review ? 1 : 0;
        Failed += transaction.Failed ? 1 : 0;
        Count(_who, transaction.Sender);
        foreach (var signer in transaction.Signing.Where(signing => signing.Wallet == Label).SelectMany(signing => signing.By).Distinct())
        {
            Count(_signers, signer);
        }

        // What a call brings about its events say once more.
        foreach (var what in parts.Where(part => !part.IsEvent || parts.All(other => other.IsEvent)).Select(part => part.What).Distinct())
        {
            Count(_what, what);
        }

        foreach (var (from, to, unit, amount) in transaction.Failed ? [] : Moves(transaction, watched))
        {
            var way = to == Address ? "in" : from == Address ? "out" : unit == Label ? "moved" : null;
            if (way is not null && from != to)
            {
                _moved[(way, unit)] = _moved.GetValueOrDefault((way, unit)) + amount;
            }
        }

        return this;
    }

    public Markup Line(int most)
    {
        var bar = new string('█', Math.Max(1, Transactions * BarLength / most));
        var totals = string.Join(", ", _moved.Select(each => $"{each.Key.Way} {StateWords.Balance(each.Key.Unit, each.Value)}"));
        return Markup.Of($"`{bar}` **{Label}**: {Transactions} {(Transactions == 1 ? "transaction" : "transactions")}, {Verdicts()}{(Failed > 0 ? $", {Failed} failed" : "")}. {Names(_what)}{(totals.Length > 0 ? $"; {totals}" : "")}. By {Senders()}.{(_signers.Count > 0 ? $" Signed by {Names(_signers)}." : "")}");
    }

    private Markup Verdicts() => Abnormal + Review + _judged.Count == 0 ? Markup.Of($"all normal") : Markup.Join(", ",
    [
        .. new[] { VerdictKind.Abnormal, VerdictKind.Review, VerdictKind.Normal }.Select(kind => (Kind: kind, Count: Undisputed(kind))).Where(each => each.Count > 0).Select(each => Markup.Of($"{each.Count} {Say(each.Kind)}")),
        .. _judged.OrderByDescending(each => each.Value).Take(MostNames).Select(each => Markup.Of($"{each.Value} {Say(each.Key.ByRules)} by the rules, {Say(each.Key.Said)} says {Markup.Mention(each.Key.By)}")),
    ]);

    private int Undisputed(VerdictKind kind) =>
        (kind switch { VerdictKind.Abnormal => Abnormal, VerdictKind.Review => Review, _ => Transactions - Abnormal - Review }) - _judged.Where(each => each.Key.Said == kind).Sum(each => each.Value);

    private static string Say(VerdictKind kind) => kind switch { VerdictKind.Abnormal => "abnormal", VerdictKind.Review => "to review", _ => "normal" };

    /// <summary>Ether, and the tokens that are watched: what others count in nobody vouches for.</summary>
    private static IEnumerable<(Address From, Address To, string Unit, BigInteger Amount)> Moves(WatchedTransaction transaction, Watched watched)
    {
        foreach (var part in transaction.Judgement.Parts)
        {
            if (part.Ether is { } ether)
            {
                yield return (part.Caller, ether.To, "ETH", ether.Wei);
            }
        }

        foreach (var log in transaction.Seen.Receipt.Logs)
        {
            if (log.Topics is [var topic, _, _] && topic == WatchedAddresses.Transfer && log.Data.Length == Word.Length
                && watched.Find(transaction.Seen.Chain, log.Address) is { Kind: ContractKind.Token or ContractKind.MiniMe } token && WatchedAddresses.SidesOf(log) is ({ } from, { } to))
            {
                yield return (from, to, token.Label, new Word(log.Data.Span).ToNumber());
            }
        }
    }

    // Hundreds of strangers use a token: their addresses say nothing.
    private string Senders() => _who.Count > 2 * MostNames ? $"{_who.Count} senders" : Names(_who);

    private static void Count(Dictionary<string, int> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;

    private static string Names(Dictionary<string, int> counts) => string.Join(", ", counts.OrderByDescending(each => each.Value).ThenBy(each => each.Key, StringComparer.Ordinal).Take(MostNames).Select(each => $"{each.Key}{(each.Value > 1 ? $" ({each.Value})" : "")}"))
        + (counts.Count > MostNames ? $" and {counts.Count - MostNames} more" : "");
}
