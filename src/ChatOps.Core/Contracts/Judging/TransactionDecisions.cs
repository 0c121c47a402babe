using ChatOps.Core.Chat;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Decisions;
using ChatOps.Core.History;
using ChatOps.Core.People;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>What may happen to a transaction. Each gives its next state with the history entry, or a refusal in words.</summary>
internal static class TransactionDecisions
{
    private static readonly Actor Chain = new("ChatOps", "the chain");

    // A chain that stands still after a reorganisation must not keep it from being told.
    private static readonly Duration Patience = Duration.FromMinutes(1);

    /// <summary>The first time that it is seen.</summary>
    public static Decision<WatchedTransaction>.Changed Begin(this WatchedTransaction transaction, Instant now)
    {
        var told = transaction with { ChangedAt = now };
        // An abnormal one's history begins with its alert, which says who is told.
        if (transaction.Told == Telling.Digest || transaction.Kind == VerdictKind.Abnormal)
        {
            return new(transaction.Told == Telling.Digest ? told : Worked(told, now));
        }

        var (written, entry) = told.Write(Chain, now, Markup.Of($"Seen, and to be looked at: {transaction.Judgement.Deciding.Verdict.Why}"));
        return new(written, entry);
    }

    public static Decision<WatchedTransaction> Normal(this WatchedTransaction transaction, string why, string? rule, Actor by, Instant now) => transaction switch
    {
        { RetractedAt: not null } => Gone(transaction),
        { Judged: { Kind: VerdictKind.Normal } word } => Already(transaction, word, by),
        { Judgement.Deciding.Verdict.Kind: VerdictKind.Normal, Judged: null } => Refuse(Markup.Of($"{transaction.Id} is normal already: {transaction.Judgement.Deciding.Verdict.Why}")),
        _ => Say(transaction, new(VerdictKind.Normal, by.Person, now, why), by, now,
            Markup.Of($"**{by.Person}** says that it is normal: {why}{(rule is null ? Markup.Empty : Markup.Of($"{(why.EndsWith('.') ? "" : ".")} Rule \"{rule}\" lets the like pass from now on."))}")),
    };

    public static Decision<WatchedTransaction> Abnormal(this WatchedTransaction transaction, string? why, Actor by, Instant now) => transaction switch
    {
        { RetractedAt: not null } => Gone(transaction),
        { Judged: { Kind: VerdictKind.Abnormal } word } => Already(transaction, word, by),
        _ => Say(transaction, new(VerdictKind.Abnormal, by.Person, now, why), by, now, Markup.Of($"**{by.Person}** says that it is abnormal{(string.IsNullOrEmpty(why) ? "" : ": " + why)}.")),
    };

    /// <summary>Somebody looks into what has no alert; one that has is acknowledged instead.</summary>
    public static Decision<WatchedTransaction> Take(this WatchedTransaction transaction, Actor by, Instant now)
    {
        if (transaction.RetractedAt is not null)
        {
            return Gone(transaction);
        }

        if (transaction.Taken is { } before)
        {
            return Refuse(before.By == by.Person ? Markup.Of($"You have {transaction.Id} already.") : Markup.Of($"{Markup.Mention(before.By)} has {transaction.Id} since {WallClock.Say(before.At, transaction.TimeZone)}."));
        }

        var taken = transaction with { Taken = new(by.Person, now), ChangedAt = now };
        if (taken.Told != Telling.Card)
        {
            return new Decision<WatchedTransaction>.Changed(taken);
        }

        var (written, entry) = taken.Write(by, now, Markup.Of($"**{by.Person}** looks into it."));
        return new Decision<WatchedTransaction>.Changed(written, entry);
    }

    /// <summary>Its block is gone. Whether it stands in another is known when the chain is as high again as it was: until then nobody is told.</summary>
    /// <param name="transaction">As it is stored.</param>
    /// <param name="gone">The block.</param>
    /// <param name="top">The highest of all that went with it: it may stand at any of their heights now.</param>
    /// <param name="now">When that was seen.</param>
    public static Decision<WatchedTransaction> Leave(this WatchedTransaction transaction, BlockRef gone, long top, Instant now) =>
        transaction.RetractedAt is not null || transaction.Leaving is not null || transaction.Seen.Block.Hash != gone.Hash
            ? new Decision<WatchedTransaction>.Kept()
            : new Decision<WatchedTransaction>.Changed(transaction with { Leaving = new(top, now + Patience) });

    /// <summary>It stands in no other block: told on its card and in the thread, and its alert ends.</summary>
    public static Decision<WatchedTransaction> Retract(this WatchedTransaction transaction, Instant now)
    {
        if (transaction.Leaving is null)
        {
            return new Decision<WatchedTransaction>.Kept();
        }

        var gone = transaction with { Leaving = null, RetractedAt = now, ChangedAt = now, Work = transaction.Told == Telling.Digest ? null : new(AlertWorkKind.End, now) };
        if (transaction.Told != Telling.Card)
        {
            return new Decision<WatchedTransaction>.Changed(gone);
        }

        var (written, entry) = gone.Write(Chain, now, Markup.Of(
            $"Retracted: the chain was reorganised, and `{transaction.Seen.Transaction.Hash}` is in it no more. Nothing of it has happened. If it is mined again, it is told again."));
        return new Decision<WatchedTransaction>.Changed(written, entry with { Aloud = true });
    }

    /// <summary>It comes again: in the same block nothing changes, in another it has moved; one that was retracted is told once more.</summary>
    /// <param name="transaction">As it is stored.</param>
    /// <param name="fresh">As it would be stored if it were new.</param>
    /// <param name="now">The time of arrival.</param>
    public static Decision<WatchedTransaction> Again(this WatchedTransaction transaction, WatchedTransaction fresh, Instant now)
    {
        var same = transaction.Seen.Block.Hash == fresh.Seen.Block.Hash;
        if (same && transaction is { RetractedAt: null, Leaving: null })
        {
            return new Decision<WatchedTransaction>.Kept();
        }

        // In another block it may have done something else.
        var moved = transaction with { Seen = fresh.Seen, Words = fresh.Words, Judgement = fresh.Judgement, Changes = fresh.Changes, Signing = fresh.Signing, Leaving = null, ChangedAt = now };
        var worse = fresh.Told != Telling.Digest && transaction.Told == Telling.Digest;
        if (transaction.RetractedAt is null && !worse && transaction.Judgement.Deciding.Verdict == fresh.Judgement.Deciding.Verdict && transaction.Failed == fresh.Failed)
        {
            return new Decision<WatchedTransaction>.Changed(moved);
        }

        moved = moved with { RetractedAt = null, Told = worse ? fresh.Told : transaction.Told, Judged = null };
        if (moved.Told != Telling.Card)
        {
            return new Decision<WatchedTransaction>.Changed(moved.Told == Telling.Digest ? moved : Worked(moved, now));
        }

        var what = transaction.RetractedAt is not null ? Markup.Of($"Mined again, in block {fresh.Seen.Block.Number}") : Markup.Of($"Moved to block {fresh.Seen.Block.Number} by a reorganisation, and it ends differently there");
        var (written, entry) = moved.Write(Chain, now, what + Markup.Of($": `{fresh.Seen.Transaction.Hash}`{(fresh.Failed ? ", failed" : "")}. {KindWord(fresh.Judgement.Deciding.Verdict.Kind)}: {fresh.Judgement.Deciding.Verdict.Why}"));
        return new Decision<WatchedTransaction>.Changed(Worked(written, now), entry with { Aloud = true });
    }

    public static string KindWord(VerdictKind kind) => kind switch { VerdictKind.Normal => "Normal", VerdictKind.Abnormal => "Abnormal", _ => "To review" };

    private static Decision<WatchedTransaction> Say(WatchedTransaction transaction, PersonsWord word, Actor by, Instant now, Markup what)
    {
        var judged = transaction with { Judged = word, ChangedAt = now };
        // Without a card there is no thread to write it to; one that a person calls abnormal gets its card with its alert.
        if (judged.Told == Telling.Folded || (judged.Told == Telling.Digest && word.Kind != VerdictKind.Abnormal))
        {
            return new Decision<WatchedTransaction>.Changed(Worked(judged, now));
        }

        var (written, entry) = judged.Write(by, now, what);
        return new Decision<WatchedTransaction>.Changed(Worked(written, now), entry);
    }

    /// <summary>What its alert needs now: one where it is abnormal, none where it is not.</summary>
    private static WatchedTransaction Worked(WatchedTransaction transaction, Instant now) =>
        transaction with { Work = new(transaction.Kind == VerdictKind.Abnormal ? AlertWorkKind.Raise : AlertWorkKind.End, now) };

    private static (WatchedTransaction Transaction, HistoryEntry Entry) Write(this WatchedTransaction transaction, Actor by, Instant now, Markup what) =>
        (transaction with { Entries = transaction.Entries + 1, ChangedAt = now }, HistoryEntry.Next(transaction, by, now, what));

    private static Decision<WatchedTransaction>.Refused Gone(WatchedTransaction transaction) =>
        Refuse(Markup.Of($"{transaction.Id} is retracted: it is in the chain no more, so there is nothing to judge."));

    private static Decision<WatchedTransaction>.Refused Already(WatchedTransaction transaction, PersonsWord word, Actor by) => Refuse(Markup.Of(
        $"{(word.By == by.Person ? Markup.Of($"You") : Markup.Mention(word.By))} judged {transaction.Id} {word.Kind.ToString().ToLowerInvariant()} already, {WallClock.Say(word.At, transaction.TimeZone)}{(string.IsNullOrEmpty(word.Why) ? "" : $": {word.Why}")}."));

    private static Decision<WatchedTransaction>.Refused Refuse(Markup why) => new(why);
}
