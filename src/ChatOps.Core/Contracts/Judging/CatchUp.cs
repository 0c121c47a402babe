using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>What was read late, after a time without reading: one card tells of all of it and grows while it goes on.</summary>
/// <param name="Id">The chain and the first transaction's block.</param>
/// <param name="Chain">The chain's name.</param>
/// <param name="From">When the first was mined.</param>
/// <param name="Channel">Where the card stands.</param>
public sealed record CatchUp(string Id, string Chain, Instant From, string Channel) : Document(Id), IStored<CatchUp>, IShownInChat
{
    public const string CardKind = "catch-up";

    /// <summary>So many abnormal ones get a card each; the rest share an alert.</summary>
    public const int MostCards = 5;

    private const int MostLines = 10;

    // Nothing came for so long: what comes then is another time.
    private static readonly Duration Pause = Duration.FromMinutes(30);

    public static Collection<CatchUp> Collection { get; } = new("catch_ups");

    /// <summary>When the last was mined.</summary>
    public Instant Until { get; init; }

    public int Normal { get; init; }

    public int Review { get; init; }

    public int Abnormal { get; init; }

    public int Failed { get; init; }

    /// <summary>The first that are not normal.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    public Instant ChangedAt { get; init; }

    IEnumerable<Face> IShownInChat.Faces => [new(CardKind, Id)];

    public static string PrefixOf(string chain) => $"{chain}/";

    public bool GoesOn(Instant now) => now - ChangedAt < Pause;

    public CatchUp With(IEnumerable<WatchedTransaction> transactions, Instant now) => transactions.Aggregate(this with { ChangedAt = now }, (sum, each) => sum with
    {
        Until = Instant.Max(sum.Until, each.Seen.Block.At),
        Normal = sum.Normal + (each.Kind == VerdictKind.Normal ? 1 : 0),
        Review = sum.Review + (each.Kind == VerdictKind.Review ? 1 : 0),
        Abnormal = sum.Abnormal + (each.Kind == VerdictKind.Abnormal ? 1 : 0),
        Failed = sum.Failed + (each.Failed ? 1 : 0),
        Lines = each.Kind == VerdictKind.Normal || sum.Lines.Count >= MostLines ? sum.Lines : [.. sum.Lines, $"{each.Id} {each.Kind.ToString().ToLowerInvariant()}: {TransactionCard.TitleOf(each)}, {each.Seen.Transaction.Hash}"],
    });

    internal Card Draw()
    {
        var total = Normal + Review + Abnormal;
        var more = Review + Abnormal - Lines.Count;
        return new($"Read late: {total} {(total == 1 ? "transaction" : "transactions")} on {Chain}", CardState.Info)
        {
            Text = Markup.Lines(
            [
                Markup.Of($"From {WallClock.Say(From, DateTimeZone.Utc)} to {WallClock.Say(Until, DateTimeZone.Utc)} nobody was told at the time. {Normal} are normal, {Abnormal} abnormal, {Review} to review{(Failed > 0 ? $"; {Failed} of them failed" : "")}."),
                .. Lines.Select(line => Markup.Of($"• {line}")),
                .. more > 0 ? [Markup.Of($"• and {more} more: `/watch tx`")] : Array.Empty<Markup>(),
            ]),
            Context = Review + Abnormal > 0 ? Markup.Of($"`/watch tx T-5` shows one with its buttons.") : Markup.Empty,
        };
    }
}

internal sealed class CatchUpCards(IStore store) : ICardSource
{
    public string Kind => CatchUp.CardKind;

    public async Task<Drawing?> Draw(string id, CancellationToken cancel) =>
        await store.Find<CatchUp>(id, cancel) is { } late ? new Drawing(late.Draw(), "watch", late.Channel) : null;
}
