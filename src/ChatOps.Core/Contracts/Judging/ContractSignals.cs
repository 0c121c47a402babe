using ChatOps.Core.Alerts;
using ChatOps.Core.Contracts.Watching;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>What is told of contracts as alerts: they go the way of all others, by routes, policies and acknowledgements.</summary>
internal sealed class ContractSignals(WatchSettings settings)
{
    public const string Source = "contracts";
    public const string Title = "Contracts";

    /// <summary>An abnormal transaction. Its alert stands on the transaction's own card.</summary>
    public SignalGroup Of(WatchedTransaction transaction, WatchedThing? thing, bool firing)
    {
        var (seen, deciding) = (transaction.Seen, transaction.Judgement.Deciding);
        var labels = Labels(TransactionCard.TitleOf(transaction), deciding.Label, seen.Chain, transaction.Judged is not null && deciding.Verdict.Kind != VerdictKind.Abnormal && thing is not null ? thing.Severity : deciding.Verdict.Severity);
        labels["transaction"] = transaction.Id;
        labels["function"] = deciding.What;
        if (deciding.Verdict.Rule is { } rule)
        {
            labels["rule"] = rule;
        }

        var signal = new Signal($"{seen.Chain}/{seen.Transaction.Hash}", firing, labels, Annotations(
            transaction.Words.Count > 0 ? transaction.Words[0] : deciding.What,
            $"{(transaction.Judged?.Kind == VerdictKind.Abnormal ? $"{transaction.Judged.By} says that it is abnormal." : deciding.Verdict.Why)} Transaction {seen.Transaction.Hash}{(transaction.Failed ? ", failed" : "")}.",
            thing))
        {
            StartsAt = seen.Block.At,
            GeneratorUrl = settings.Chain(seen.Chain)?.LinkOf(seen.Transaction.Hash),
        };
        return transaction.Told == Telling.Folded
            ? new(Source, $"{(seen.CaughtUp ? $"read-late/{seen.Chain}" : $"burst/{transaction.Like}")}/{transaction.SeenAt.ToUnixTimeSeconds() / 3600}", [signal with { Labels = Folded(transaction, labels) }]) { SourceTitle = Title }
            : new(Source, transaction.Id, [signal]) { SourceTitle = Title, About = new AlertSubject(transaction.Id, transaction.Card, transaction.Channel) };
    }

    /// <summary>Something about a thing's state is not as expected, or is again.</summary>
    public static SignalGroup Drift(WatchedThing thing, string name, ProbedValue value, Watched watched)
    {
        var change = StateReading.Say(thing, name, value.Expected, value.Value, watched);
        var what = name == "code" ? $"The code of {thing.Label} is another" : $"{name} of {thing.Label} is not as expected";
        return new(Source, $"drift/{thing.Key}/{name}", [new Signal($"drift/{thing.Key}/{name}", value.Drifts, Labels(what, thing.Label, thing.Chain, thing.Severity), Annotations(
            $"{name} was {change.Before} and is {change.After}",
            $"No transaction that I saw told of this change. Find out who made it. If it is right, say so: /watch confirm {thing.Label}",
            thing))])
        { SourceTitle = Title };
    }

    /// <summary>Less is in a thing than has to be, or enough again.</summary>
    public static SignalGroup Low(WatchedThing thing, Amount least, Amount now) => new(Source, $"low/{thing.Key}/{least.Symbol}",
        [new Signal($"low/{thing.Key}/{least.Symbol}", now.Units < least.Units, Labels($"{thing.Label} has too little {least.Symbol}", thing.Label, thing.Chain, thing.Severity), Annotations(
            $"{now} are left, at least {least} have to be", thing.Purpose ?? "", thing))])
    { SourceTitle = Title };

    private static Dictionary<string, string> Labels(string name, string label, string chain, Severity severity) =>
        new() { ["alertname"] = name, ["severity"] = severity.Say(), ["contract"] = label, ["chain"] = chain };

    private static Dictionary<string, string> Annotations(string summary, string description, WatchedThing? thing)
    {
        var said = new Dictionary<string, string> { ["summary"] = summary, ["description"] = description };
        if (thing?.Escalation is { } document)
        {
            said["runbook_url"] = document;
        }

        return said;
    }

    /// <summary>In a list of many, a line has to name its transaction.</summary>
    private static Dictionary<string, string> Folded(WatchedTransaction transaction, Dictionary<string, string> labels) => new()
    {
        ["alertname"] = transaction.Seen.CaughtUp ? $"Abnormal transactions on {transaction.Seen.Chain}, read late" : $"More like it: {labels["alertname"]}",
        ["severity"] = labels["severity"],
        ["chain"] = transaction.Seen.Chain,
        ["instance"] = $"{transaction.Id} {(transaction.Seen.CaughtUp ? labels["alertname"] + " " : "")}{transaction.Seen.Transaction.Hash}",
    };
}
