using System.Text.Json.Serialization;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Decisions;
using ChatOps.Core.History;
using ChatOps.Core.Storage;
using NodaTime;

namespace ChatOps.Core.Contracts.Judging;

/// <summary>A transaction that has to do with something watched, with what is thought of it. What may happen to it is in TransactionDecisions.</summary>
/// <param name="Id">T-5.</param>
/// <param name="Seen">All that the chain says of it, as it was last seen there.</param>
/// <param name="Words">What it does, line by line, the outer call first.</param>
/// <param name="Judgement">What the rules say.</param>
/// <param name="SeenAt">When it was first received.</param>
public sealed record WatchedTransaction(string Id, TouchingTransaction Seen, IReadOnlyList<string> Words, Judgement Judgement, Instant SeenAt)
    : Document(Id), IStored<WatchedTransaction>, IShownInChat, IHasHistory, IDue
{
    public const string CardKind = "transaction";

    /// <summary>The series that its numbers come from.</summary>
    public const string Series = "T";

    /// <summary>One for each transaction, however often it comes.</summary>
    public static Index<WatchedTransaction> ByHash { get; } = new("hash", transaction => KeyOf(transaction.Seen.Chain, transaction.Seen.Transaction.Hash), unique: true);

    /// <summary>By when their blocks were made.</summary>
    public static Index<WatchedTransaction> Mined { get; } = new("mined", transaction => $"{Keys.At(transaction.Seen.Block.At)}|{transaction.Id}");

    /// <summary>By when they were first received: what is read late is in the next digest.</summary>
    public static Index<WatchedTransaction> Received { get; } = new("received", transaction => $"{Keys.At(transaction.SeenAt)}|{transaction.Id}");

    /// <summary>On one chain by when their blocks were made: rates count these.</summary>
    public static Index<WatchedTransaction> OnChain { get; } = new("on_chain", transaction => transaction.Counts ? $"{transaction.Seen.Chain}|{Keys.At(transaction.Seen.Block.At)}|{transaction.Id}" : null);

    public static Index<WatchedTransaction> InBlock { get; } = new("block", transaction => $"{transaction.Seen.Chain}|{transaction.Seen.Block.Hash}|{transaction.Id}");

    /// <summary>Those that wait for a person's judgement, the oldest first.</summary>
    public static Index<WatchedTransaction> Waiting { get; } = new("waiting", transaction => transaction.IsWaiting ? $"{Keys.At(transaction.Seen.Block.At)}|{transaction.Id}" : null);

    /// <summary>Those whose alert is to be raised or ended, or whose retraction is to be told.</summary>
    public static Index<WatchedTransaction> Due { get; } = new("due", transaction => transaction.DueAt is { } due ? $"{Keys.At(due)}|{transaction.Id}" : null);

    /// <summary>Those that left their chain and have not been told of yet.</summary>
    public static Index<WatchedTransaction> LeavingOf { get; } = new("leaving", transaction => transaction.Leaving is not null ? $"{transaction.Seen.Chain}|{transaction.Id}" : null);

    public static Collection<WatchedTransaction> Collection { get; } = new("transactions", ByHash, Mined, Received, OnChain, InBlock, Waiting, Due, LeavingOf);

    /// <summary>A person's word goes before the rules'.</summary>
    public PersonsWord? Judged { get; init; }

    /// <summary>What addresses on its card are called in the Ethereum Name Service; found after it was told.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    public Acknowledgement? Taken { get; init; }

    /// <summary>Since when it is not in the chain any more.</summary>
    public Instant? RetractedAt { get; init; }

    /// <summary>Its block left the chain; it may still come in another.</summary>
    public Leaving? Leaving { get; init; }

    /// <summary>Who sent it, by the label where there is one.</summary>
    public required string Sender { get; init; }

    /// <summary>What it changed of the state of watched things.</summary>
    public IReadOnlyList<StateChange> Changes { get; init; } = [];

    /// <summary>How far its signing has come, where it is about something that several sign.</summary>
    public IReadOnlyList<SigningState> Signing { get; init; } = [];

    /// <summary>Whether it has a card of its own, stands in an alert with others, or is only in the digest.</summary>
    public Telling Told { get; init; }

    /// <summary>What is to be done about its alert, since when.</summary>
    public AlertWork? Work { get; init; }

    /// <summary>
    /// What it has in common with its like: many of one kind share a card, and never hide one of another. Selectors that nobody knows are alike, or else whoever makes them up would
    /// fill a channel.
    /// </summary>
    [JsonIgnore]
    public string Like => $"{Seen.Chain}/{(Failed ? "failed " : "")}{Judgement.Deciding.Verdict.Kind.ToString().ToLowerInvariant()}/{Judgement.Deciding.Label}/{(Judgement.Deciding is { Name: { } name } part && name.Contains('(', StringComparison.Ordinal) ? part.What : "unknown")}";

    public required string Channel { get; init; }

    public string Zone { get; init; } = "UTC";

    public int Entries { get; init; }

    public Instant ChangedAt { get; init; }

    [JsonIgnore]
    public VerdictKind Kind => Judged?.Kind ?? Judgement.Deciding.Verdict.Kind;

    [JsonIgnore]
    public bool IsWaiting => RetractedAt is null && Judged is null && Judgement.Deciding.Verdict.Kind != VerdictKind.Normal;

    [JsonIgnore]
    public bool Failed => !Seen.Receipt.Succeeded;

    [JsonIgnore]
    public Instant? DueAt => Work is { } work ? work.At : Leaving?.TellAt;

    [JsonIgnore]
    public Face Card => new(CardKind, Id);

    [JsonIgnore]
    public DateTimeZone TimeZone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? DateTimeZone.Utc;

    /// <summary>A rule with a rate counts it.</summary>
    [JsonIgnore]
    private bool Counts => Judgement.Counted.Count > 0;

    string IHasHistory.About => $"{Id}: {TransactionCard.TitleOf(this)}";

    IEnumerable<Face> IShownInChat.Faces => Told == Telling.Card ? [Card] : [];

    bool IShownInChat.IsUrgent => true;

    public static string KeyOf(string chain, Word hash) => $"{chain}|{hash}";
}

/// <summary>What a person says of a transaction.</summary>
public sealed record PersonsWord(VerdictKind Kind, string By, Instant At, string? Why);

/// <param name="Gone">The height of the highest block that left: as soon as the chain is as high again, it is certain whether the transaction stands in another.</param>
/// <param name="TellAt">When it is told at the latest.</param>
public sealed record Leaving(long Gone, Instant TellAt);

/// <summary>Something about a watched thing that is another than before.</summary>
/// <param name="Of">The thing's label.</param>
/// <param name="Name">controller, owners, threshold.</param>
/// <param name="Before">In the block before; of a list how many there were.</param>
/// <param name="After">Since its block; of a list how many there are, who is new and who is gone.</param>
public sealed record StateChange(string Of, string Name, string Before, string After)
{
    /// <summary>The thing's name in a store.</summary>
    public string Thing { get; init; } = "";

    /// <summary>Before, as it was read.</summary>
    public string Was { get; init; } = "";

    /// <summary>After, as it was read.</summary>
    public string Is { get; init; } = "";
}

/// <summary>Who has signed something so far.</summary>
/// <param name="Wallet">The multisig's label.</param>
/// <param name="Number">What it calls the proposal: 7.</param>
/// <param name="By">In the order in which they signed.</param>
/// <param name="Needed">How many have to; null: not known.</param>
/// <param name="IsDone">It was carried out.</param>
public sealed record SigningState(string Wallet, string Number, IReadOnlyList<string> By, int? Needed, bool IsDone);

public enum Telling
{
    /// <summary>Only the digest tells of it.</summary>
    Digest,

    Card,

    /// <summary>One of many that were read late, or that came within a minute: they share an alert.</summary>
    Folded,
}

/// <param name="Kind">What.</param>
/// <param name="At">Since when: it is done at once, and again after a crash.</param>
public sealed record AlertWork(AlertWorkKind Kind, Instant At);

public enum AlertWorkKind
{
    Raise,
    End,
}
