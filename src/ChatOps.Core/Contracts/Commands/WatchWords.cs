using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Decisions;

namespace ChatOps.Core.Contracts.Commands;

/// <summary>What the watch commands have in common.</summary>
internal static class WatchWords
{
    public const string Transaction = "tx";

    public static Parameter Which { get; } = new(Transaction, "its id, such as T-5; may be left out while only one waits for a judgement") { Fits = word => TransactionIds.Read(word) is not null };

    /// <summary>Finds the transaction that is meant and hands it on; says what is unclear otherwise.</summary>
    public static async Task<Answer> With(TransactionService transactions, Invocation call, Func<WatchedTransaction, Task<Answer>> act, CancellationToken cancel)
    {
        if (call[Transaction] is { } text)
        {
            return TransactionIds.Read(text) is not { } id ? Answer.Refuse(Markup.Of($"\"{text}\" is not a transaction: they are called T-5. `/watch tx` shows the newest."))
                : await transactions.Find(id, cancel) is { } found ? await act(found)
                : Answer.Refuse(Markup.Of($"There is no transaction {id}. `/watch tx` shows the newest."));
        }

        return await transactions.Waiting(11, cancel) switch
        {
            [var only] => await act(only),
            [] => Answer.Refuse(Markup.Of($"No transaction waits for a judgement. Name one, such as T-5; `/watch tx` shows the newest.")),
            var several => Answer.Refuse(Markup.Lines([Markup.Of($"Which one? {(several.Count > 10 ? "More than 10" : $"{several.Count}")} wait for a judgement:"), .. several.Take(10).Select(TransactionCard.Line)])),
        };
    }

    /// <summary>Finds the watched thing that is meant.</summary>
    public static Answer With(Watched watched, string? words, Func<WatchedThing, Answer> act) => Meant(watched, words) switch
    {
        (null, { } refusal) => Answer.Refuse(refusal),
        var (thing, _) => act(thing!),
    };

    /// <summary>The thing, or what is unclear.</summary>
    public static (WatchedThing? Thing, Markup? Refusal) Meant(Watched watched, string? words) => watched.Named(words ?? "") switch
    {
        _ when Quotes.Off(words ?? "").Length == 0 => (null, Markup.Of($"Which one? Write its label or its address. `/watch list` shows what is watched.")),
        [var only] => (only, null),
        [] => (null, Markup.Of($"Nothing is watched that is called \"{Quotes.Off(words!)}\". `/watch list` shows what is.")),
        var several => (null, Markup.Of($"Which one? {string.Join(", ", several.Take(10).Select(thing => $"{thing.Label} on {thing.Chain}"))}.")),
    };

    public static Answer Tell(Decision<WatchedTransaction> decision, Func<WatchedTransaction, Markup> done) => decision switch
    {
        Decision<WatchedTransaction>.Changed changed => Answer.Say(done(changed.Next)),
        Decision<WatchedTransaction>.Refused refused => Answer.Refuse(refused.Why),
        _ => Answer.Say(Markup.Of($"Nothing changed.")),
    };
}
