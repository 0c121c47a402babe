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

    public int Transactions { get; private set; }

    public int Abnormal { get; private set; }

    public int Review { get; private set; }

    private int Failed { get; set; }

    public ContractTally With(WatchedTransaction transaction, IReadOnlyCollection<PartVerdict> parts, Watched watched)
    {
        Transactions++;
        var worst = transaction.Judged?.Kind ?? parts.Max(part => part.Verdict.Kind);
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
        var verdicts = Abnormal + Review == 0 ? "all normal" : string.Join(", ", (string[])[.. Abnormal > 0 ? [$"{Abnormal} abnormal"] : Array.Empty<string>(), .. Review > 0 ? [$"{Review} to review"] : Array.Empty<string>(), .. Transactions > Abnormal + Review ? [$"{Transactions - Abnormal - Review} normal"] : Array.Empty<string>()]);
        var totals = string.Join(", ", _moved.Select(each => $"{each.Key.Way} {StateWords.Balance(each.Key.Unit, each.Value)}"));
        return Markup.Of($"`{bar}` **{Label}**: {Transactions} {(Transactions == 1 ? "transaction" : "transactions")}, {verdicts}{(Failed > 0 ? $", {Failed} failed" : "")}. {Names(_what)}{(totals.Length > 0 ? $"; {totals}" : "")}. By {Senders()}.{(_signers.Count > 0 ? $" Signed by {Names(_signers)}." : "")}");
    }

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
