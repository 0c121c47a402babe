using ChatOps.Core.Alerts;
using ChatOps.Core.Alerts.Commands;
using ChatOps.Core.Chat;
using ChatOps.Core.Contracts.Commands;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Time;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>How a transaction looks in chat. The alert about it stands on the same card: one thing has happened, so there is one message.</summary>
internal static class TransactionCard
{
    private const int MostLines = 12;
    private const int LongestTitle = 140;

    public static Card Draw(WatchedTransaction transaction, Alert? alert, WatchedThing? thing, WatchedThing? wallet, WatchedChain? chain) => new($"{transaction.Id}: {TitleOf(transaction)}", StateOf(transaction))
    {
        Text = Markup.Lines(
        [
            .. Lines(transaction),
            transaction.RetractedAt is null ? WhyOf(transaction) : Markup.Of($"Retracted: the chain was reorganised and this is in it no more. Nothing of it has happened."),
            Markup.Of($"Transaction `{transaction.Seen.Transaction.Hash}`{(transaction.Failed ? " failed: it changed nothing" : "")}"),
        ]),
        Fields = [.. Fields(transaction, alert, thing, wallet, chain).Where(field => !field.Value.IsEmpty)],
        Buttons = [.. Buttons(transaction, alert)],
        Context = Markup.Of($"{transaction.Id}{(alert is null ? "" : $" · {alert.Id}")} · {transaction.Seen.Chain}, block {transaction.Seen.Block.Number}"),
    };

    /// <summary>"changeController on SNT controller by Community Multisig", "failed: generateTokens on SNT", "proposes 300 ETH from Community Multisig".</summary>
    public static string TitleOf(WatchedTransaction transaction)
    {
        var deciding = transaction.Judgement.Deciding;
        var title = $"{(transaction.Failed ? "failed: " : "")}{deciding.Words}";
        return title.Length <= LongestTitle ? title : title[..LongestTitle] + "…";
    }

    public static CardState StateOf(WatchedTransaction transaction) => transaction switch
    {
        { RetractedAt: not null } => CardState.Retracted,
        { Kind: VerdictKind.Normal } => CardState.Normal,
        { Kind: VerdictKind.Review } => CardState.Review,
        _ => CardState.Abnormal,
    };

    /// <summary>One line for a list.</summary>
    public static Markup Line(WatchedTransaction transaction) => Markup.Of(
        $"**{transaction.Id}** {StateOf(transaction).ToString().ToLowerInvariant()} · {TitleOf(transaction)} · {WallClock.Say(transaction.Seen.Block.At, transaction.TimeZone)}{(transaction.Judged is { } word ? Markup.Of($" · judged by {Markup.Mention(word.By)}") : Markup.Empty)}");

    private static IEnumerable<Markup> Lines(WatchedTransaction transaction)
    {
        var more = transaction.Words.Count - MostLines;
        return [.. transaction.Words.Take(MostLines).Select(line => Markup.Plain(line)), .. more > 0 ? [Markup.Of($"… and {more} more: `/watch tx {transaction.Id}`")] : Array.Empty<Markup>()];
    }

    private static Markup WhyOf(WatchedTransaction transaction)
    {
        var verdict = transaction.Judgement.Deciding.Verdict;
        var rules = Markup.Of($"**{TransactionDecisions.KindWord(verdict.Kind)}**: {verdict.Why}{(verdict.Rule is { } rule ? $" (rule \"{rule}\")" : "")}");
        return transaction.Judged is { } word
            ? Markup.Lines([Markup.Of($"**{TransactionDecisions.KindWord(word.Kind)}**, says {Markup.Mention(word.By)}{(string.IsNullOrEmpty(word.Why) ? "" : $": {word.Why}")}"), Markup.Of($"Before that, by the rules: {rules}")])
            : rules;
    }

    private static IEnumerable<CardField> Fields(WatchedTransaction transaction, Alert? alert, WatchedThing? thing, WatchedThing? wallet, WatchedChain? chain)
    {
        var (seen, zone) = (transaction.Seen, transaction.TimeZone);
        if (transaction.RetractedAt is null)
        {
            yield return new("To do", ToDo(transaction, alert));
        }

        if (StateOf(transaction) == CardState.Abnormal)
        {
            yield return new("Severity", Markup.Plain((alert?.Facts.Severity ?? transaction.Judgement.Deciding.Verdict.Severity).Say()));
        }

        yield return new("Changes", Markup.Join("; ", transaction.Changes.Take(6).Select(change => Markup.Of($"{change.Name} of {change.Of}: {change.Before} → {change.After}"))));
        yield return new("Signatures", Markup.Join("; ", transaction.Signing.Take(3).Select(Signed)));
        yield return new("Sent by", Markup.Plain(transaction.Words.Count > 0 ? transaction.Sender : seen.Transaction.From.ToString()));
        yield return new("Names", Markup.Plain(string.Join("; ", transaction.Names.Select(name => $"{name.Key} is \"{name.Value}\""))));
        yield return new("About", Markup.Plain(thing is null ? null : About(thing)));
        yield return new("Wallet", Markup.Plain(wallet is null || wallet == thing ? null : About(wallet)));
        yield return new("When", Markup.Plain(WallClock.Say(seen.Block.At, zone)));
        if (alert is { IsOpen: true, Acknowledgement: null, Silenced: null })
        {
            yield return new("On call", alert.Escalation.OnCall is { Count: > 0 } people ? Markup.Join(", ", people.Select(Markup.Mention)) : Markup.Of($"nobody for {alert.Route.Rotation}: `/oncall join` signs you up"));
            yield return new("Escalation", AlertCard.Telling(alert));
        }

        yield return new("Incident", Markup.Plain(alert?.Incident));
        (string Name, string? Url)[] links = [("Explorer", chain?.LinkOf(seen.Transaction.Hash)), ("What to do when abnormal", thing?.Escalation ?? wallet?.Escalation)];
        yield return new("Links", Markup.Join(" · ", links.Where(link => link.Url is not null).Select(link => Markup.Link(link.Name, link.Url!))));
    }

    private static string About(WatchedThing thing) => $"{thing.Label}, {thing.Criticality.ToString().ToLowerInvariant()}{(thing.Purpose is { } purpose ? $": {purpose}" : "")}";

    private static Markup Signed(SigningState signing) => Markup.Of(
        $"proposal {signing.Number} of {signing.Wallet}: signed by {signing.By.Count}{(signing.Needed is { } needed ? $" of {needed}" : "")} ({string.Join(", ", signing.By)}){(signing.IsDone ? ", carried out" : "")}");

    private static Markup ToDo(WatchedTransaction transaction, Alert? alert) => (transaction, alert) switch
    {
        ({ Kind: VerdictKind.Normal }, _) => Markup.Empty,
        (_, { Resolution: { } over }) when transaction.Kind == VerdictKind.Abnormal => Markup.Of($"the alert is {AlertDecisions.ResolvedWords(alert, over)}{(transaction.IsWaiting ? Markup.Of($"; it still waits for a judgement") : Markup.Empty)}"),
        (_, { Silenced: { } silence }) => Markup.Of($"silenced by **{silence.By}** until {silence.UntilWords(alert)}: nobody is told"),
        (_, { Acknowledgement: { } ack }) => Markup.Of($"{Markup.Mention(ack.By)} looks into it since {WallClock.Say(ack.At, transaction.TimeZone)}"),
        ({ Taken: { } taken }, _) => Markup.Of($"{Markup.Mention(taken.By)} looks into it since {WallClock.Say(taken.At, transaction.TimeZone)}"),
        ({ Judged: not null }, _) => Markup.Of($"nobody has it: press Take"),
        ({ Kind: VerdictKind.Review }, _) => Markup.Of($"have a look and press Normal or Abnormal; nobody was paged for it"),
        _ => Markup.Of($"find out whether somebody meant to do this, then press Normal or Abnormal"),
    };

    private static IEnumerable<Button> Buttons(WatchedTransaction transaction, Alert? alert)
    {
        if (transaction.RetractedAt is null)
        {
            if (transaction.Kind != VerdictKind.Normal)
            {
                yield return new(NormalCommand.Action, "Normal", transaction.Id, transaction.Judged is null ? ButtonStyle.Primary : ButtonStyle.Default);
            }

            if (transaction.Judged is not { Kind: VerdictKind.Abnormal })
            {
                yield return new(AbnormalCommand.Action, "Abnormal: escalate", transaction.Id, ButtonStyle.Danger);
            }

            if (alert is { IsOpen: true, Acknowledgement: null, Silenced: null } || (alert is null && transaction is { Taken: null, Kind: not VerdictKind.Normal }))
            {
                yield return new(TakeCommand.Action, "Take", transaction.Id);
            }

            if (alert is { IsOpen: true, Silenced: null } && transaction.Judged is not null)
            {
                yield return new(EscalateCommand.Action, "Escalate", transaction.Id);
            }

            if (alert is { IsOpen: true } && transaction.Judged is not null)
            {
                yield return new(ResolveCommand.Action, "Resolve", transaction.Id);
            }

            if (alert is { IsOpen: true, Incident: null })
            {
                yield return new(AlertCard.Declare, "Declare incident", transaction.Id);
            }
        }

        yield return new(HistoryCommand.Action, "History", transaction.Id);
    }
}
